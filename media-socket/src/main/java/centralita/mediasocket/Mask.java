package centralita.mediasocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of RFC 6455, 5.3, eight bytes at a time. */
final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private Mask() {}

    /** Masks, or takes the mask off. @param key its four bytes as they are sent, the first one highest */
    static void apply(byte[] bytes, int from, int length, int key) {
        var wide = (long) key << 32 | key & 0xFFFF_FFFFL;
        var end = from + length;
        var at = from;
        for (; at + 8 <= end; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
        }
        for (var shift = 24; at < end; at++, shift = shift - 8 & 31) {
            bytes[at] ^= (byte) (key >>> shift);
        }
    }
}
