package centralita.bridge.pcm;

/**
 * The filter between 8 and 24 kHz: linear phase, flat to 3.4 kHz, shut from 4.6 kHz on. A telephone line carries nothing
 * above 3.4 kHz, and what lies between 4 and 4.6 kHz folds back to where that line ends. 97 coefficients of a sinc under
 * a Kaiser window, so that the delay is 48 samples of 24 kHz: 2 ms to the sample, in each direction.
 */
final class LowPass {
    static final int RATIO = 3;
    static final int TAPS = 97;
    /** Coefficients are whole numbers; this is 1. Products of 16-bit samples with them fit an int when summed. */
    static final int SHIFT = 14;

    private static final double CUTOFF_HERTZ = 4_000;
    private static final double RATE_HERTZ = 24_000;
    /** By Kaiser's formula 75 dB, and 1.2 kHz from open to shut with 97 taps. */
    private static final double BETA = 7.2;

    private LowPass() {}

    /** @param gain of what passes @return {@link #TAPS} coefficients, the same from both ends */
    static int[] coefficients(int gain) {
        var real = new double[TAPS];
        double sum = 0;
        var middle = (TAPS - 1) / 2;
        for (var n = 0; n < TAPS; n++) {
            var t = n - middle;
            var x = 2 * CUTOFF_HERTZ / RATE_HERTZ * t;
            var sinc = t == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            var place = (double) t / middle;
            real[n] = sinc * bessel(BETA * Math.sqrt(1 - place * place)) / bessel(BETA);
            sum += real[n];
        }
        var whole = new int[TAPS];
        for (var n = 0; n < TAPS; n++) {
            whole[n] = (int) Math.round(real[n] / sum * gain * (1 << SHIFT));
        }
        return whole;
    }

    /** Modified Bessel function of the first kind, order 0. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (var k = 1; term > 1e-12 * sum; k++) {
            term *= x / 2 / k * (x / 2 / k);
            sum += term;
        }
        return sum;
    }
}
