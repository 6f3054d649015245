package centralita.gateway.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what comes from a caller's line is only our own sound, returned by a loudspeaker that his microphone
 * hears. Compares loudness over time (envelopes of 20 ms), not samples: a mobile network leaves nothing of those.
 *
 * <p>For every delay up to 500 ms it keeps the correlation of both envelopes over about the last second; where that is
 * high, the delay is known, and so is how much quieter the echo is. Then a frame is echo unless it is louder than the
 * echo that must be expected: somebody speaks over it. While nothing is known, only what is at least 12 dB quieter than
 * what we play is taken for echo, which no caller near his telephone is; and when that does not go with our sound after
 * all, it is not taken for echo either.
 *
 * <p>Pure: no clock, no I/O; nothing is allocated after the start. One per media stream, on that stream's event loop;
 * there is none where the assistant did not ask for it.
 */
final class EchoGuard {
    static final int FRAME_MS = 20;
    /** To the caller's ear, through the air, and back. */
    static final int MAX_DELAY_MS = 500;

    private static final int DELAYS = MAX_DELAY_MS / FRAME_MS + 1;
    /** Audio that was sent but not played, and what was played in the last {@link #MAX_DELAY_MS}. */
    private static final int SLOTS = 1_024;

    private static final int SAMPLES_PER_MS = PlaybackClock.BYTES_PER_MS;
    /** Quieter than this below full scale is silence; nothing is decided about it. */
    private static final double SILENCE_DB = -55;
    /** Nothing counts as quieter: the difference between two silences means nothing. */
    private static final double FLOOR_DB = -66;
    /** A second's memory: long enough for some syllables, short enough for a delay that changes. */
    private static final double FORGET = 1 - 1 / 50.0;

    private static final int FRAMES_TO_KNOW = 15;
    private static final double ALIKE = 0.7;
    private static final double UNLIKE = 0.4;
    private static final double UNKNOWN_LOSS_DB = 12;
    /** What an echo may be louder than expected: rooms ring, envelopes are coarse. */
    private static final double MARGIN_DB = 6;
    /** A room rings on by this much less per frame. */
    private static final double DECAY_DB = 3;

    private static final int RINGING_FRAMES = 5;
    private static final int FRAMES_TO_TALK = 2;
    /** Syllables are quieter than words: who has begun to speak is believed for so long. */
    private static final int TALK_FRAMES = 15;

    private static final int[] MAGNITUDE = new int[256];

    static {
        for (var code = 0; code < MAGNITUDE.length; code++) {
            var bits = ~code & 0xFF;
            MAGNITUDE[code] = (((bits & 0x0F) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84;
        }
    }

    private final int[] playedSum = new int[SLOTS];
    private final long[] playedSlot = new long[SLOTS];
    private final double[] product = new double[DELAYS];
    private final double[] farSum = new double[DELAYS];
    private final double[] farSquare = new double[DELAYS];
    private double nearSum;
    private double nearSquare;
    private double weight;
    private int compared;
    private int delay = -1;
    private double gainDb;
    private int louder;
    private int talking;

    EchoGuard() {
        Arrays.fill(playedSlot, -1);
    }

    /** @return a guard if the assistant asks for one */
    static @Nullable EchoGuard ifWanted(boolean wanted) {
        return wanted ? new EchoGuard() : null;
    }

    /** Audio was sent that sounds from a time on. @param atMs by the clock of {@link #isEcho} */
    void plays(long atMs, byte[] mulaw, int offset, int length) {
        var sample = atMs * SAMPLES_PER_MS;
        for (var i = 0; i < length; i++, sample++) {
            var number = sample / (FRAME_MS * SAMPLES_PER_MS);
            var slot = (int) (number & SLOTS - 1);
            if (playedSlot[slot] != number) {
                playedSlot[slot] = number;
                playedSum[slot] = 0;
            }
            playedSum[slot] += MAGNITUDE[mulaw[offset + i] & 0xFF];
        }
    }

    /** What was sent and has not sounded yet never will. */
    void cleared(long nowMs) {
        for (var slot = 0; slot < SLOTS; slot++) {
            if (playedSlot[slot] > nowMs / FRAME_MS) {
                playedSlot[slot] = -1;
            }
        }
    }

    /**
     * A frame of the caller.
     *
     * @param atMs when it would have come without jitter
     * @return whether there is nothing in it but our own sound
     */
    boolean isEcho(long atMs, byte[] mulaw, int offset, int length) {
        var sum = 0;
        for (var i = 0; i < length; i++) {
            sum += MAGNITUDE[mulaw[offset + i] & 0xFF];
        }
        var near = decibels(sum, length);
        var slot = atMs / FRAME_MS;
        var loudest = loudest(slot);
        if (loudest < SILENCE_DB) {
            // We have said nothing that could come back.
            talking = 0;
            louder = 0;
            return false;
        }
        var echo = near > SILENCE_DB && decide(near, slot, loudest);
        learn(near, slot);
        return echo;
    }

    private boolean decide(double near, long slot, double loudest) {
        if (delay < 0) {
            return !unlike() && near < loudest - UNKNOWN_LOSS_DB;
        }
        if (near > expected(slot) + MARGIN_DB) {
            louder++;
            if (louder >= FRAMES_TO_TALK) {
                talking = TALK_FRAMES;
            }
        } else {
            louder = 0;
            talking = Math.max(0, talking - 1);
        }
        return talking == 0;
    }

    /** The echo that must be expected now, of what was played around the known delay. */
    private double expected(long slot) {
        var most = played(slot - delay + 1);
        for (var k = 0; k < RINGING_FRAMES; k++) {
            most = Math.max(most, played(slot - delay - k) - DECAY_DB * Math.max(0, k - 1));
        }
        return most + gainDb;
    }

    /** Whether enough was compared to say that it is not our sound. */
    private boolean unlike() {
        return compared >= 2 * FRAMES_TO_KNOW && likeness(mostAlike()) < UNLIKE;
    }

    private void learn(double near, long slot) {
        if (talking > 0) {
            return;
        }
        weight = weight * FORGET + 1;
        nearSum = nearSum * FORGET + near;
        nearSquare = nearSquare * FORGET + near * near;
        for (var d = 0; d < DELAYS; d++) {
            var far = played(slot - d);
            farSum[d] = farSum[d] * FORGET + far;
            farSquare[d] = farSquare[d] * FORGET + far * far;
            product[d] = product[d] * FORGET + far * near;
        }
        if (near > SILENCE_DB) {
            compared++;
        }
        if (compared < FRAMES_TO_KNOW) {
            return;
        }
        var best = mostAlike();
        var likeness = likeness(best);
        if (likeness >= ALIKE) {
            delay = best;
            gainDb = meanGain(best);
        } else if (likeness < UNLIKE) {
            delay = -1;
        }
    }

    /** How much louder the echo is than what we played, in the mean; negative. */
    private double meanGain(int d) {
        return nearSum / weight - farSum[d] / weight;
    }

    private int mostAlike() {
        var best = 0;
        for (var d = 1; d < DELAYS; d++) {
            if (likeness(d) > likeness(best)) {
                best = d;
            }
        }
        return best;
    }

    /** Pearson's correlation of both envelopes at a delay, over what is remembered. */
    private double likeness(int d) {
        var nearSpread = nearSquare * weight - nearSum * nearSum;
        var farSpread = farSquare[d] * weight - farSum[d] * farSum[d];
        if (nearSpread <= weight || farSpread <= weight) {
            return 0;
        }
        return (product[d] * weight - nearSum * farSum[d]) / Math.sqrt(nearSpread * farSpread);
    }

    private double loudest(long slot) {
        var most = -100.0;
        for (var d = 0; d < DELAYS; d++) {
            most = Math.max(most, played(slot - d));
        }
        return most;
    }

    /** Level of what sounded in a slot. */
    private double played(long number) {
        var slot = (int) (number & SLOTS - 1);
        return playedSlot[slot] == number ? decibels(playedSum[slot], FRAME_MS * SAMPLES_PER_MS) : FLOOR_DB;
    }

    /** Of full scale; mean magnitude, so a sine is at -4. */
    private static double decibels(int sum, int samples) {
        return sum == 0 ? FLOOR_DB : Math.max(FLOOR_DB, 20 * Math.log10((double) sum / samples / 32_124));
    }
}
