package centralita.gateway.session;

/**
 * What a caller hears while nobody can speak to him: two soft notes, then a pause, over and over. Computed, so that it is in
 * no language and nobody's voice. G.711 μ-law, 8 kHz, at -30 dBm0.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-G.711">ITU-T G.711</a>
 */
final class FillerSound {
    private static final int SAMPLES_PER_SECOND = 8_000;
    private static final int PERIOD_SAMPLES = 2 * SAMPLES_PER_SECOND;
    private static final int NOTE_SAMPLES = SAMPLES_PER_SECOND / 4;
    private static final int SECOND_NOTE_AT = SAMPLES_PER_SECOND * 2 / 5;
    private static final double FIRST_HZ = 440;
    private static final double SECOND_HZ = 554.37;
    /** A sine of the largest sample, 32,124, is at +3.17 dBm0. */
    private static final double AMPLITUDE = 32_124 * Math.pow(10, (-30 - 3.17) / 20);

    private static final byte[] MULAW = compute();

    private FillerSound() {}

    /** One period. Not to be changed. */
    static byte[] mulaw() {
        return MULAW;
    }

    private static byte[] compute() {
        var sound = new byte[PERIOD_SAMPLES];
        for (var n = 0; n < PERIOD_SAMPLES; n++) {
            sound[n] = encode(note(n, FIRST_HZ) + note(n - SECOND_NOTE_AT, SECOND_HZ));
        }
        return sound;
    }

    /** A note that swells and fades, so that it neither clicks at its beginning nor at its end. */
    private static double note(int sample, double hz) {
        if (sample < 0 || sample >= NOTE_SAMPLES) {
            return 0;
        }
        var swell = Math.sin(Math.PI * sample / NOTE_SAMPLES);
        return AMPLITUDE * swell * Math.sin(2 * Math.PI * hz * sample / SAMPLES_PER_SECOND);
    }

    private static byte encode(double linear) {
        var magnitude = Math.min(32_635, (int) Math.abs(linear)) + 0x84;
        var exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        var mantissa = magnitude >> exponent + 3 & 0x0F;
        return (byte) ~((linear < 0 ? 0x80 : 0) | exponent << 4 | mantissa);
    }
}
