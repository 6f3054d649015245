package centralita.bridge.link;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.RecordKind;
import centralita.contracts.json.ContractsJson;
import centralita.mediasocket.FrameOutlet;
import centralita.mediasocket.LoopPass;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/**
 * Writes records to a gateway: everything that one pass of the event loop has to say goes out as one batch, with one
 * system call. On the media event loop only.
 */
final class LinkOutlet {
    private static final int FIRST_BYTES = 16 * 1024;
    /** A batch that was longer is not kept: it was a burst. */
    private static final int KEPT_BYTES = 64 * 1024;

    private final ServerWebSocket socket;
    private final FrameOutlet outlet;
    private final LoopPass pass;
    private final Runnable flush = this::flush;
    private ByteBuf batch = Unpooled.buffer(FIRST_BYTES);

    LinkOutlet(ServerWebSocket socket, FrameOutlet outlet, LoopPass pass) {
        this.socket = socket;
        this.outlet = outlet;
        this.pass = pass;
    }

    void control(int session, RecordKind kind, LinkControl body) {
        record(
                session,
                0,
                kind,
                Unpooled.wrappedBuffer(ContractsJson.write(body).getBytes(StandardCharsets.UTF_8)));
    }

    void empty(int session, int stamp, RecordKind kind) {
        record(session, stamp, kind, Unpooled.EMPTY_BUFFER);
    }

    /** @param mulaw copied; longer than a record may be, it goes out as several */
    void play(int session, int item, byte[] mulaw) {
        for (var from = 0; from < mulaw.length; from += LinkRecord.MAX_BODY_BYTES) {
            var length = Math.min(LinkRecord.MAX_BODY_BYTES, mulaw.length - from);
            record(session, item, RecordKind.PLAY, Unpooled.wrappedBuffer(mulaw, from, length));
        }
    }

    /** A closed socket is not full: what is written to it is gone. */
    boolean full() {
        return !socket.isClosed() && outlet.full();
    }

    /** Bytes that the gateway has not taken yet. Any thread. */
    long waitingBytes() {
        return outlet.waitingBytes();
    }

    private void record(int session, int stamp, RecordKind kind, ByteBuf body) {
        if (batch.readableBytes() + LinkRecord.HEADER_BYTES + body.readableBytes() > LinkRecord.MAX_BATCH_BYTES) {
            flush();
        }
        if (!batch.isReadable()) {
            pass.atEnd(flush);
        }
        LinkRecord.write(batch, session, stamp, kind, body);
    }

    private void flush() {
        if (!batch.isReadable()) {
            return;
        }
        if (!socket.isClosed()) {
            outlet.binary(batch.array(), batch.arrayOffset() + batch.readerIndex(), batch.readableBytes());
        }
        batch.clear();
        if (batch.capacity() > KEPT_BYTES) {
            batch = Unpooled.buffer(FIRST_BYTES);
        }
    }

    /** Sends everything now: the socket is about to be closed. */
    void flushAll() {
        flush();
        outlet.flush();
    }
}
