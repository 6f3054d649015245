package centralita.simulators.speech;

import java.util.Arrays;

/**
 * G.711 μ-law: one byte per sample, 8,000 samples a second, so 8 bytes are a millisecond. Linear samples are
 * 16-bit signed. Pure tables; safe for any thread.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-G.711">ITU-T G.711</a>
 */
public final class Mulaw {
    public static final int BYTES_PER_MS = 8;
    /** The zero that telephone equipment sends when there is nothing to send. */
    public static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;
    private static final short[] LINEAR = new short[256];
    private static final byte[] ENCODED = new byte[65_536];

    static {
        for (int code = 0; code < 256; code++) {
            LINEAR[code] = expand(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            ENCODED[sample & 0xFFFF] = compress(sample);
        }
    }

    private Mulaw() {}

    /** @return the linear sample of a code, -32124 to 32124 */
    public static short toLinear(byte code) {
        return LINEAR[code & 0xFF];
    }

    public static byte fromLinear(short sample) {
        return ENCODED[sample & 0xFFFF];
    }

    /** @return so many milliseconds of 0xFF */
    public static byte[] silence(int lengthMs) {
        var silence = new byte[lengthMs * BYTES_PER_MS];
        Arrays.fill(silence, SILENCE);
        return silence;
    }

    private static short expand(int code) {
        int inverted = ~code & 0xFF;
        int exponent = inverted >> 4 & 7;
        int magnitude = ((((inverted & 0x0F) << 3) + BIAS) << exponent) - BIAS;
        return (short) ((inverted & 0x80) == 0 ? magnitude : -magnitude);
    }

    private static byte compress(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        // The segment is the place of the highest bit: 7 is lowest because of the bias, 14 the highest.
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = magnitude >> exponent + 3 & 0x0F;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }
}
