package centralita.gateway.session;

/** How loud μ-law audio is, roughly and cheaply: the mean magnitude of every fourth sample. */
final class CallerLevel {
    /** Mean magnitude, of 32,124, below which nobody speaks: some -37 dBm0. Telephone noise is far below, speech far above. */
    static final int QUIET = 200;

    private static final int EVERY = 4;
    private static final short[] MAGNITUDES = new short[256];

    static {
        for (var code = 0; code < 256; code++) {
            var bits = ~code;
            var exponent = bits >> 4 & 7;
            MAGNITUDES[code] = (short) ((((bits & 0x0F) << 3) + 0x84 << exponent) - 0x84);
        }
    }

    private long sum;
    private long count;

    void add(byte[] mulaw, int offset, int length) {
        for (var n = offset; n < offset + length; n += EVERY) {
            sum += MAGNITUDES[mulaw[n] & 0xFF];
            count++;
        }
    }

    /** 0 when there is no audio. */
    int mean() {
        return count == 0 ? 0 : (int) (sum / count);
    }
}
