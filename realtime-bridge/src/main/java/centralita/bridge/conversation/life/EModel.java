package centralita.bridge.conversation.life;

/**
 * The E-model in its short form for G.711: how good a call is expected to sound, from loss and delay alone.
 *
 * <p>{@code R = 93.2 - Id - Ie,eff}. 93.2 is the rating of a connection with all other parameters at their defaults
 * (ITU-T G.107, table 3). {@code Ie,eff = Ie + (95 - Ie) · Ppl / (Ppl / BurstR + Bpl)} (G.107, 7.5) with {@code Ie = 0}
 * and {@code Bpl = 4.3}, the values of G.711 without concealment (G.113, appendix I): we fill holes with silence.
 * {@code Id = 0.024 d + 0.11 (d - 177.3) H(d - 177.3)} is the fit to G.107's delay impairment by Cole and Rosenbluth,
 * "Voice over IP performance monitoring", 2001. {@code MOS = 1 + 0.035 R + R (R - 60)(100 - R) 7·10⁻⁶} (G.107, annex B).
 */
final class EModel {
    /** G.711 without packet loss concealment. */
    static final double BPL_PLAIN = 4.3;
    /** G.711 with the concealment of its appendix I. */
    static final double BPL_CONCEALED = 25.1;

    private static final double BEST = 93.2;

    private EModel() {}

    /**
     * The rating.
     *
     * @param lossPercent 0 to 100
     * @param burstRatio mean length of loss bursts, over what it would be if each frame were lost by chance; from 1
     * @param bpl the codec's robustness against loss, as {@link #BPL_PLAIN}
     * @param delayMs one way, mouth to ear
     * @return 0 to 100
     */
    static double rating(double lossPercent, double burstRatio, double bpl, double delayMs) {
        var lossImpairment = lossPercent <= 0 ? 0 : 95 * lossPercent / (lossPercent / burstRatio + bpl);
        var delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
        return Math.clamp(BEST - delayImpairment - lossImpairment, 0, 100);
    }

    /** The mean opinion score that a rating stands for, 1 to 4.5. */
    static double mos(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        // The polynomial dips below 1 for ratings under 6.5.
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }
}
