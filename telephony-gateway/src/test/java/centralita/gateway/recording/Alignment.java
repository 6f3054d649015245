package centralita.gateway.recording;

import java.util.Arrays;

/**
 * Where one sound lies in another, by correlation.
 *
 * @param lag samples by which the second is later than the first
 * @param share of the first's sounding samples that the second has at that lag
 */
record Alignment(int lag, double share) {
    private static final int WINDOW = 800;

    /** Finds a piece of the first in the second, and compares all of it there. */
    static Alignment of(byte[] first, byte[] second) {
        var piece = sounding(first);
        for (var at = 0; at + WINDOW <= second.length; at++) {
            if (same(first, piece, second, at) > WINDOW * 9 / 10) {
                return at(first, second, at - piece);
            }
        }
        throw new AssertionError("nothing of the one is in the other");
    }

    /** The start of a piece that sounds throughout, some way into it. */
    private static int sounding(byte[] audio) {
        for (var at = 1_600; at + WINDOW <= audio.length; at++) {
            var window = Arrays.copyOfRange(audio, at, at + WINDOW);
            var silent = false;
            for (var sample : window) {
                silent |= sample == StereoTrack.SILENCE;
            }
            if (!silent) {
                return at;
            }
        }
        throw new AssertionError("nothing sounds");
    }

    private static int same(byte[] first, int from, byte[] second, int at) {
        var same = 0;
        for (var i = 0; i < WINDOW; i++) {
            if (first[from + i] == second[at + i]) {
                same++;
            } else if (i == 20 && same < 5) {
                return 0;
            }
        }
        return same;
    }

    private static Alignment at(byte[] first, byte[] second, int lag) {
        var sounds = 0;
        var same = 0;
        for (var i = Math.max(0, -lag); i < first.length && i + lag < second.length; i++) {
            if (first[i] != StereoTrack.SILENCE) {
                sounds++;
                same += first[i] == second[i + lag] ? 1 : 0;
            }
        }
        return new Alignment(lag, (double) same / sounds);
    }
}
