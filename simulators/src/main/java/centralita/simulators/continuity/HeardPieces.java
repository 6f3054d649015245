package centralita.simulators.continuity;

import centralita.simulators.speech.ClipRecognizer.Heard;
import java.util.List;

/** How much of a clip was heard that may have broken off and gone on later. Pure. */
final class HeardPieces {
    /** One that begins anew begins before this: clips begin with some silence. */
    private static final int ANEW_MS = 150;
    /** A word may be said again, and a syllable may be missing. */
    private static final int AGAIN_MS = 500;

    private HeardPieces() {}

    /** @return share of the clip, 0 to 1: what goes on where it broke off is added, what begins anew is not */
    static double share(List<Heard> heard, String clip) {
        double most = 0;
        double share = 0;
        int toMs = 0;
        for (var piece : heard) {
            if (piece.clip().name().equals(clip)) {
                boolean goesOn = piece.clipFromMs() >= Math.max(ANEW_MS, toMs - AGAIN_MS);
                share = goesOn ? Math.min(1, share + newShare(piece, toMs)) : piece.share();
                toMs = goesOn ? Math.max(toMs, piece.clipToMs()) : piece.clipToMs();
                most = Math.max(most, share);
            }
        }
        return most;
    }

    /** Of what lies beyond what was heard before. */
    private static double newShare(Heard piece, int toMs) {
        int length = piece.clipToMs() - piece.clipFromMs();
        int beyond = piece.clipToMs() - Math.max(toMs, piece.clipFromMs());
        return length <= 0 ? 0 : piece.share() * Math.clamp((double) beyond / length, 0, 1);
    }
}
