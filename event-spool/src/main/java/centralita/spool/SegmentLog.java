package centralita.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records in files, in order: {@code i32 length, i32 CRC-32C of the body, body}. New records go to the end of the newest
 * file; a file goes when its last record is forgotten. A file that a crash cut off is read up to the cut and never
 * written again.
 *
 * <p>Thread-safe. What {@link #append} has written survives the death of the process; {@link #force} makes it survive
 * the death of the machine.
 */
final class SegmentLog implements Closeable {
    private static final int HEADER = 8;
    private static final String SUFFIX = ".events";

    private final Path directory;
    private final long maxBytes;
    private final long segmentBytes;
    /** By number; the last one is written to. */
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    private Segment newest;
    private long records;
    private long damaged;
    /** Written under the lock, read without it. */
    private volatile long room;

    private static final class Segment {
        final long number;
        final Path file;
        final FileChannel channel;
        /** Up to here it holds whole records. */
        long end;
        /** How many they are. */
        long count;

        Segment(long number, Path file, FileChannel channel) {
            this.number = number;
            this.file = file;
            this.channel = channel;
        }
    }

    /** Before a record. */
    record Position(long segment, long offset) implements Comparable<Position> {
        static final Position FIRST = new Position(0, 0);

        @Override
        public int compareTo(Position other) {
            return segment != other.segment ? Long.compare(segment, other.segment) : Long.compare(offset, other.offset);
        }
    }

    /** A record that was whole when it was written, and no longer is what was written. */
    static final class DamagedRecordException extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Position position;

        DamagedRecordException(Segment segment, Position position) {
            super("a record in " + segment.file.getFileName() + " cannot be read again");
            this.position = position;
        }

        Position position() {
            return position;
        }
    }

    /** @param next where the following record begins */
    record Entry(Position position, Position next, byte[] body) {}

    /**
     * Opens what an earlier run left and begins a new file.
     *
     * @param from records before it are not counted
     */
    SegmentLog(Path directory, long maxBytes, Position from) throws IOException {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.segmentBytes = Math.max(4096, Math.min(8L << 20, maxBytes / 8));
        for (var number : numbers(directory)) {
            var segment = open(number);
            segments.put(number, segment);
            recover(segment, from);
        }
        newest = open(segments.isEmpty() ? 1 : segments.lastKey() + 1);
        segments.put(newest.number, newest);
        room = maxBytes - bytes();
    }

    /** How many records there were from the beginning, when it was opened. */
    synchronized long recordsFound() {
        return records;
    }

    synchronized long damaged() {
        return damaged;
    }

    /** Bytes that may still be written, as of now; never waits for the disk. */
    long room() {
        return room;
    }

    synchronized long bytes() {
        long sum = 0;
        for (var segment : segments.values()) {
            sum += segment.end;
        }
        return sum;
    }

    /**
     * @return false when there is no room; nothing is written then
     * @throws IOException when the disk refuses; nothing is written then
     */
    synchronized boolean append(byte[] body) throws IOException {
        var length = HEADER + body.length;
        if (bytes() + length > maxBytes) {
            return false;
        }
        if (newest.end > 0 && newest.end + length > segmentBytes) {
            newest.channel.force(false);
            newest = open(newest.number + 1);
            segments.put(newest.number, newest);
        }
        var buffer = ByteBuffer.allocate(length)
                .putInt(body.length)
                .putInt(checksum(body))
                .put(body)
                .flip();
        var position = newest.end;
        try {
            while (buffer.hasRemaining()) {
                position += newest.channel.write(buffer, position);
            }
        } catch (IOException e) {
            newest.channel.truncate(newest.end);
            throw e;
        }
        newest.end = position;
        newest.count++;
        room -= length;
        return true;
    }

    synchronized void force() throws IOException {
        newest.channel.force(false);
    }

    /** The record at a position or, when its file is at its end, the next one; null when there is none yet. */
    synchronized @Nullable Entry read(Position at) throws IOException {
        var candidate = segments.ceilingEntry(at.segment());
        while (candidate != null) {
            var segment = candidate.getValue();
            var offset = segment.number == at.segment() ? at.offset() : 0;
            if (offset < segment.end) {
                var body = body(segment, offset, segment.end);
                if (body == null) {
                    throw new DamagedRecordException(segment, new Position(segment.number, offset));
                }
                return new Entry(
                        new Position(segment.number, offset),
                        new Position(segment.number, offset + HEADER + body.length),
                        body);
            }
            candidate = segments.higherEntry(segment.number);
        }
        return null;
    }

    /**
     * Gives up the end of a file, from a damaged record on, as opening it again would. New records go to a new file.
     *
     * @return how many records are lost
     */
    synchronized long cutOff(Position damagedRecord) throws IOException {
        var segment = segments.get(damagedRecord.segment());
        if (segment == null) {
            return 0;
        }
        if (segment.number == newest.number) {
            newest = open(newest.number + 1);
            segments.put(newest.number, newest);
        }
        long kept = 0;
        for (long offset = 0; offset < damagedRecord.offset(); kept++) {
            var header = ByteBuffer.allocate(HEADER);
            readFully(segment.channel, header, offset);
            offset += HEADER + header.getInt();
        }
        var lost = segment.count - kept;
        segment.end = damagedRecord.offset();
        segment.count = kept;
        room = maxBytes - bytes();
        damaged++;
        return lost;
    }

    /** Gives up the files whose records are all before a position. */
    synchronized void forget(Position before) throws IOException {
        while (segments.size() > 1) {
            var oldest = segments.firstEntry().getValue();
            var done = oldest.number < before.segment()
                    || oldest.number == before.segment() && oldest.end <= before.offset();
            if (!done) {
                return;
            }
            segments.remove(oldest.number);
            room += oldest.end;
            oldest.channel.close();
            Files.deleteIfExists(oldest.file);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        newest.channel.force(false);
        for (var segment : segments.values()) {
            segment.channel.close();
        }
    }

    private Segment open(long number) throws IOException {
        var file = directory.resolve("%020d%s".formatted(number, SUFFIX));
        return new Segment(
                number,
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private void recover(Segment segment, Position from) throws IOException {
        var size = segment.channel.size();
        long offset = 0;
        while (offset < size) {
            var body = body(segment, offset, size);
            if (body == null) {
                damaged++;
                break;
            }
            if (new Position(segment.number, offset).compareTo(from) >= 0) {
                records++;
            }
            offset += HEADER + body.length;
            segment.count++;
        }
        segment.end = offset;
    }

    /** The body of the record at an offset; null when there is no whole and sound one. */
    private static byte @Nullable [] body(Segment segment, long offset, long end) throws IOException {
        if (end - offset < HEADER) {
            return null;
        }
        var header = ByteBuffer.allocate(HEADER);
        readFully(segment.channel, header, offset);
        var length = header.getInt();
        var checksum = header.getInt();
        if (length <= 0 || length > end - offset - HEADER) {
            return null;
        }
        var body = ByteBuffer.allocate(length);
        readFully(segment.channel, body, offset + HEADER);
        return checksum(body.array()) == checksum ? body.array() : null;
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long offset) throws IOException {
        var position = offset;
        while (into.hasRemaining()) {
            var read = channel.read(into, position);
            if (read < 0) {
                throw new IOException("the file ends before its record does");
            }
            position += read;
        }
        into.flip();
    }

    private static int checksum(byte[] body) {
        var checksum = new CRC32C();
        checksum.update(body);
        return (int) checksum.getValue();
    }

    private static Iterable<Long> numbers(Path directory) throws IOException {
        var numbers = new ArrayList<Long>();
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                numbers.add(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        numbers.sort(null);
        return numbers;
    }
}
