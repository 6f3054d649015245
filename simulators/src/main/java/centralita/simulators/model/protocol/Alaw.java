package centralita.simulators.model.protocol;

/** G.711 A-law to and from 16-bit linear samples. */
final class Alaw {
    private static final int EVEN_BITS = 0x55;

    private Alaw() {}

    static short toLinear(byte code) {
        int bits = (code & 0xFF) ^ EVEN_BITS;
        int exponent = bits >> 4 & 7;
        int magnitude = (bits & 0x0F) << 4 | 8;
        if (exponent > 0) {
            magnitude = magnitude + 0x100 << exponent - 1;
        }
        return (short) ((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    static byte fromLinear(short sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = Math.min(sample >= 0 ? sample : -(sample + 1), 0x7FFF);
        int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude | 1) - 7);
        int mantissa = (exponent == 0 ? magnitude >> 4 : magnitude >> exponent + 3) & 0x0F;
        return (byte) ((sign | exponent << 4 | mantissa) ^ EVEN_BITS);
    }
}
