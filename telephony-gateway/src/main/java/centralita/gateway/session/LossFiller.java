package centralita.gateway.session;

/**
 * When a caller who has no bridge hears the filler (F-P1): once it has been silent for a while, and once for each loss, so
 * that it is bounded. Who never had one hears it as well: his call was answered when the stream was asked for, so nothing
 * rings. Decides only. Not thread-safe: one to a stream, on its event loop.
 */
final class LossFiller {
    private static final long NOT_SILENT = -1;

    /** A bridge that is well answers a new stream within milliseconds; nobody is left in silence for 2 s. */
    private static final long FIRST_AFTER_MS = 1_500;

    private final long afterMs;
    private boolean forsaken = true;
    private boolean lost;
    private boolean begun;
    private long silentSinceMs = NOT_SILENT;

    /** @param afterMs silence that the caller is left with before he hears it, when a bridge is gone */
    LossFiller(long afterMs) {
        this.afterMs = afterMs;
    }

    /** The bridge is gone, or does not serve the caller. */
    void bridgeGone() {
        forsaken = true;
        lost = true;
    }

    /** A bridge speaks, whether or not it has said that it serves the caller. */
    void spoken() {
        forsaken = false;
        silentSinceMs = NOT_SILENT;
    }

    /** A bridge serves the caller. @return whether a filler that was begun for the loss is to stop */
    boolean served() {
        spoken();
        var stop = begun;
        begun = false;
        return stop;
    }

    /** Whether a caller has no bridge and has not heard the filler for it. */
    boolean waiting() {
        return forsaken;
    }

    /**
     * Whether to begin it now; asked some times a second while {@link #waiting}.
     *
     * @param silent whether nothing of ours sounds at the caller's
     * @param quiet whether the caller does not speak either
     */
    boolean due(long nowMs, boolean silent, boolean quiet) {
        if (!silent) {
            silentSinceMs = NOT_SILENT;
        } else if (silentSinceMs == NOT_SILENT) {
            silentSinceMs = nowMs;
        } else if (nowMs - silentSinceMs >= (lost ? afterMs : FIRST_AFTER_MS) && quiet) {
            forsaken = false;
            begun = true;
            silentSinceMs = NOT_SILENT;
            return true;
        }
        return false;
    }
}
