package centralita.simulators.twilio;

/**
 * Says how many frames of 20 ms are due at a moment, counted from the start and not from the last frame: what a busy
 * machine delays is caught up and nothing drifts. After a stall of more than {@link #MAX_CATCH_UP} frames the rest is
 * given up, as a telephone would have lost it; the clock then goes on from the present.
 */
final class FramePacer {
    static final int FRAME_MS = 20;
    static final int FRAME_BYTES = 160;
    static final int MAX_CATCH_UP = 250;
    private static final long FRAME_NANOS = FRAME_MS * 1_000_000L;

    private final long startNanos;
    private long frames;
    private long lostFrames;

    /** @param startNanos of the same clock as later moments */
    FramePacer(long startNanos) {
        this.startNanos = startNanos;
    }

    /** @return frames due since the last question, at most {@link #MAX_CATCH_UP} */
    int framesDue(long nowNanos) {
        var total = (nowNanos - startNanos) / FRAME_NANOS;
        var due = total - frames;
        if (due <= 0) {
            return 0;
        }
        if (due > MAX_CATCH_UP) {
            lostFrames += due - MAX_CATCH_UP;
            due = MAX_CATCH_UP;
        }
        frames = total;
        return (int) due;
    }

    long lostFrames() {
        return lostFrames;
    }
}
