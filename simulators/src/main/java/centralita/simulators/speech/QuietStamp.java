package centralita.simulators.speech;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A frame of 20 ms that sounds like silence and says whose it is: μ-law has two codes for zero, and which of the two a
 * sample uses is one bit. So every quiet frame of a call can be told from that of every other, wherever it arrives, as
 * long as nobody on the way transcodes.
 *
 * @param whose the call
 * @param which counts on: a frame of a caller, a session of a model
 * @param part within it
 */
public record QuietStamp(int whose, int which, int part) {
    /** 20 ms of μ-law. */
    public static final int BYTES = 160;

    private static final byte ZERO = (byte) 0xFF;
    private static final byte ONE = 0x7F;
    private static final int MAGIC = 0xC35A69;
    private static final int MAGIC_BITS = 24;

    /** Writes 160 bytes. */
    public void write(byte[] out, int at) {
        int next = put(out, at, MAGIC, MAGIC_BITS);
        next = put(out, next, whose, Integer.SIZE);
        next = put(out, next, which, Integer.SIZE);
        next = put(out, next, part, Integer.SIZE);
        next = put(out, next, checksum(), Integer.SIZE);
        put(out, next, 0, at + BYTES - next);
    }

    /** A frame of its own. */
    public byte[] frame() {
        var frame = new byte[BYTES];
        write(frame, 0);
        return frame;
    }

    /**
     * @param mulaw at least 160 bytes from {@code at} on
     * @return null when no whole stamp begins here
     */
    public static @Nullable QuietStamp read(byte[] mulaw, int at) {
        if (!mayBegin(mulaw, at, mulaw.length)) {
            return null;
        }
        for (int i = at; i < at + BYTES; i++) {
            if (mulaw[i] != ZERO && mulaw[i] != ONE) {
                return null;
            }
        }
        int next = at + MAGIC_BITS;
        var stamp =
                new QuietStamp(get(mulaw, next), get(mulaw, next + Integer.SIZE), get(mulaw, next + 2 * Integer.SIZE));
        return get(mulaw, next + 3 * Integer.SIZE) == stamp.checksum() ? stamp : null;
    }

    /** Whether the first of a stamp's bytes are here, as far as the audio goes. */
    static boolean mayBegin(byte[] mulaw, int at, int end) {
        for (int bit = 0; bit < MAGIC_BITS && at + bit < end; bit++) {
            if (mulaw[at + bit] != code(MAGIC, MAGIC_BITS, bit)) {
                return false;
            }
        }
        return true;
    }

    private int checksum() {
        var crc = new CRC32();
        for (int field : new int[] {whose, which, part}) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                crc.update(field >>> shift);
            }
        }
        return (int) crc.getValue();
    }

    private static int put(byte[] out, int at, int value, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            out[at + bit] = code(value, bits, bit);
        }
        return at + bits;
    }

    private static byte code(int value, int bits, int bit) {
        return (value >>> bits - 1 - bit & 1) == 0 ? ZERO : ONE;
    }

    private static int get(byte[] mulaw, int at) {
        int value = 0;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            value = value << 1 | (mulaw[at + bit] == ONE ? 1 : 0);
        }
        return value;
    }
}
