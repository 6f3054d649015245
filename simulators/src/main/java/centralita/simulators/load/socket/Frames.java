package centralita.simulators.load.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The form of WebSocket frames on the wire.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, 5.2</a>
 */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    /** Room that the longest header needs in front of the payload. */
    static final int HEADER_ROOM = 14;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASKED = 0x80;
    private static final int FINAL = 0x80;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Frames() {}

    /**
     * Writes a header right in front of a payload and masks the payload where a mask is given.
     *
     * @param bytes payload at {@code from}, with {@link #HEADER_ROOM} bytes free before it
     * @param mask 0 for none: a client must mask, a server must not
     * @return where the frame begins
     */
    static int wrap(byte[] bytes, int from, int length, int opcode, int mask) {
        int at = from;
        if (mask != 0) {
            at -= 4;
            bytes[at] = (byte) mask;
            bytes[at + 1] = (byte) (mask >>> 8);
            bytes[at + 2] = (byte) (mask >>> 16);
            bytes[at + 3] = (byte) (mask >>> 24);
            mask(bytes, from, length, mask);
        }
        int maskBit = mask == 0 ? 0 : MASKED;
        if (length < LENGTH_16) {
            bytes[--at] = (byte) (maskBit | length);
        } else if (length <= 0xFFFF) {
            bytes[--at] = (byte) length;
            bytes[--at] = (byte) (length >>> 8);
            bytes[--at] = (byte) (maskBit | LENGTH_16);
        } else {
            for (int shift = 0; shift < 64; shift += 8) {
                bytes[--at] = (byte) ((long) length >>> shift);
            }
            bytes[--at] = (byte) (maskBit | LENGTH_64);
        }
        bytes[--at] = (byte) (FINAL | opcode);
        return at;
    }

    /** Masks or unmasks in place; {@code mask} holds its first byte in its lowest bits. */
    static void mask(byte[] bytes, int from, int length, int mask) {
        long twice = (mask & 0xFFFFFFFFL) | (long) mask << 32;
        int at = from;
        int end = from + length;
        for (; at + 8 <= end; at += 8) {
            LONG.set(bytes, at, (long) LONG.get(bytes, at) ^ twice);
        }
        for (int shift = 0; at < end; at++, shift += 8) {
            bytes[at] ^= (byte) (twice >>> shift);
        }
    }
}
