package centralita.spool;

import centralita.spool.SegmentLog.Position;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Remembers up to where Kafka keeps the records: {@code i64 segment, i64 offset, i32 CRC-32C}. When the file is absent or
 * damaged everything is sent again, which consumers bear.
 */
final class Acknowledged implements Closeable {
    private static final int LENGTH = 20;

    private final FileChannel channel;

    Acknowledged(Path directory) throws IOException {
        channel = FileChannel.open(
                directory.resolve("acknowledged"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    Position read() throws IOException {
        var buffer = ByteBuffer.allocate(LENGTH);
        if (channel.read(buffer, 0) < LENGTH) {
            return Position.FIRST;
        }
        buffer.flip();
        var position = new Position(buffer.getLong(), buffer.getLong());
        return buffer.getInt() == checksum(buffer.array()) ? position : Position.FIRST;
    }

    void write(Position position) throws IOException {
        var buffer = ByteBuffer.allocate(LENGTH).putLong(position.segment()).putLong(position.offset());
        buffer.putInt(checksum(buffer.array())).flip();
        channel.write(buffer, 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, 16);
        return (int) checksum.getValue();
    }
}
