package centralita.audiolink;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes records into a batch and reads them out of one. A batch is the payload of one binary WebSocket message; records
 * never cross batches.
 *
 * <pre>
 * 0        4        8      9          12
 * +--------+--------+------+----------+--------
 * | u32    | u32    | u8   | u24      | body
 * | session| stamp  | kind | length   |
 * +--------+--------+------+----------+--------
 * </pre>
 *
 * All numbers are big-endian. Static and without state: any thread may call, with a buffer that it owns.
 */
public final class LinkRecord {
    public static final int HEADER_BYTES = 12;
    /** The largest body, and with the header the smallest frame limit that a peer must set. */
    public static final int MAX_BODY_BYTES = 256 * 1024;
    /** The largest batch; a writer starts a new one before it would pass this. */
    public static final int MAX_BATCH_BYTES = 512 * 1024;

    private LinkRecord() {}

    /** Receives the records of a batch, in order. {@code body} is valid only during the call. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param session the gateway's number of the audio session, unique within the connection
         * @param stamp stream time in ms, item number or 0, by kind
         * @param kind never null; unknown kinds are skipped before
         * @param body a view between its reader and writer index; neither keep nor release it
         */
        void on(int session, int stamp, RecordKind kind, ByteBuf body);
    }

    /** Appends one record; {@code body} is read from its reader to its writer index and its indices stay. */
    public static void write(ByteBuf batch, int session, int stamp, RecordKind kind, ByteBuf body) {
        header(batch, session, stamp, kind, body.readableBytes());
        batch.writeBytes(body, body.readerIndex(), body.readableBytes());
    }

    /** Appends one record with a body of text. */
    public static void write(ByteBuf batch, int session, int stamp, RecordKind kind, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        header(batch, session, stamp, kind, bytes.length);
        batch.writeBytes(bytes);
    }

    /** Appends the header only; the caller then writes exactly {@code length} bytes of body. */
    public static void header(ByteBuf batch, int session, int stamp, RecordKind kind, int length) {
        if (length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a record of " + length + " bytes is too long for the audio link");
        }
        batch.ensureWritable(HEADER_BYTES + length);
        batch.writeInt(session);
        batch.writeInt(stamp);
        batch.writeInt(kind.code() << 24 | length);
    }

    /** Appends a HEARD record. */
    public static void writeHeard(ByteBuf batch, int session, int item, int heardMs, boolean toItsEnd) {
        header(batch, session, item, RecordKind.HEARD, 5);
        batch.writeInt(heardMs);
        batch.writeByte(toItsEnd ? 1 : 0);
    }

    /**
     * Reads all records of one batch.
     *
     * @param batch read to its end; not released
     * @throws MalformedBatchException when a record is cut or too long: the connection must be closed, because nothing
     *     after it can be trusted. Records before it have been delivered.
     */
    public static void readAll(ByteBuf batch, Reader reader) {
        while (batch.isReadable()) {
            if (batch.readableBytes() < HEADER_BYTES) {
                throw new MalformedBatchException("a record's header is cut after " + batch.readableBytes() + " bytes");
            }
            var session = batch.readInt();
            var stamp = batch.readInt();
            var kindAndLength = batch.readInt();
            var length = kindAndLength & 0xFF_FFFF;
            if (length > MAX_BODY_BYTES || length > batch.readableBytes()) {
                throw new MalformedBatchException(
                        "a record claims " + length + " bytes and " + batch.readableBytes() + " are there");
            }
            var kind = RecordKind.of(kindAndLength >>> 24);
            var end = batch.readerIndex() + length;
            if (kind != null) {
                var limit = batch.writerIndex();
                batch.writerIndex(end);
                try {
                    reader.on(session, stamp, kind, batch);
                } finally {
                    batch.writerIndex(limit);
                }
            }
            batch.readerIndex(end);
        }
    }

    /** A batch that does not keep the form. */
    public static final class MalformedBatchException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public MalformedBatchException(String message) {
            super(message);
        }
    }
}
