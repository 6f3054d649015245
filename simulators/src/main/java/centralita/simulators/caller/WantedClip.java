package centralita.simulators.caller;

import centralita.simulators.speech.ClipRecognizer.Heard;
import java.util.List;
import java.util.OptionalInt;

/** What a caller waits for: most of a clip, in one piece or in pieces that go on where the one before was interrupted. */
record WantedClip(String name, String language) {
    private static final double MOST = 0.8;
    /** What goes on after an interruption may say again what was lost on the way. */
    private static final int TWICE_HEARD_MS = 200;

    /**
     * @param clips all that was heard, in order
     * @param fromMs what began before is not looked at
     * @return where most of it had been heard; empty when it was not
     */
    OptionalInt heardUntilMs(List<Heard> clips, int fromMs) {
        double share = 0;
        int untilMs = 0;
        for (var piece : clips) {
            if (piece.fromMs() < fromMs || !isPartOfIt(piece)) {
                continue;
            }
            int againMs = Math.max(0, untilMs - piece.clipFromMs());
            if (againMs > TWICE_HEARD_MS) {
                share = piece.share();
                untilMs = piece.clipToMs();
            } else {
                share += piece.share() * unheard(piece, againMs);
                untilMs = Math.max(untilMs, piece.clipToMs());
            }
            if (share >= MOST) {
                return OptionalInt.of(piece.toMs());
            }
        }
        return OptionalInt.empty();
    }

    private boolean isPartOfIt(Heard piece) {
        return piece.clip().name().equals(name) && piece.clip().language().equals(language);
    }

    /** How much of a piece is not what was heard before, 0 to 1. */
    private static double unheard(Heard piece, int againMs) {
        return Math.max(0, 1 - (double) againMs / (piece.clipToMs() - piece.clipFromMs()));
    }
}
