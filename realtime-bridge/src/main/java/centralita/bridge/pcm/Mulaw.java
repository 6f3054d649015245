package centralita.bridge.pcm;

/**
 * G.711 μ-law and linear samples of 16 bits. By table one way, by counting zeros the other. Thread-safe.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-G.711">ITU-T G.711</a>
 */
public final class Mulaw {
    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;
    private static final short[] LINEAR = new short[256];

    static {
        for (var code = 0; code < LINEAR.length; code++) {
            var bits = ~code & 0xFF;
            var magnitude = (((bits & 0x0F) << 3) + BIAS << ((bits & 0x70) >> 4)) - BIAS;
            LINEAR[code] = (short) ((bits & 0x80) == 0 ? magnitude : -magnitude);
        }
    }

    private Mulaw() {}

    /** @return -32,124 to 32,124 */
    public static short linear(byte mulaw) {
        return LINEAR[mulaw & 0xFF];
    }

    /** @param linear any; what is louder than 16 bits can say is clipped */
    public static byte mulaw(int linear) {
        var sign = linear < 0 ? 0x80 : 0;
        var magnitude = Math.min(Math.abs(linear), CLIP) + BIAS;
        var segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        var step = magnitude >> segment + 3 & 0x0F;
        return (byte) ~(sign | segment << 4 | step);
    }
}
