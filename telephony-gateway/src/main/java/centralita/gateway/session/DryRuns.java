package centralita.gateway.session;

/** Times that the assistant's audio ran dry in the middle of an item: the caller heard a hole in a sentence. */
final class DryRuns {
    /** Playback is known to the millisecond and network hiccups are shared; less than half a frame is nothing. */
    private static final long TOLERANCE_MS = 10;

    private int count;
    private long lengthMs;

    /** Audio of an item goes on after a pause of so long. */
    void note(long pauseMs) {
        if (pauseMs >= TOLERANCE_MS) {
            count++;
            lengthMs += pauseMs;
        }
    }

    int count() {
        return count;
    }

    long lengthMs() {
        return lengthMs;
    }

    void reset() {
        count = 0;
        lengthMs = 0;
    }
}
