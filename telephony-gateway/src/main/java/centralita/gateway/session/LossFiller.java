package centralita.gateway.session;

/**
 * When a caller whose bridge is gone hears the filler (F-P1): once it has been silent for a while, and once for each loss,
 * so that it is bounded. Decides only. Not thread-safe: one to a session, on its event loop.
 */
final class LossFiller {
    private static final long NOT_SILENT = -1;

    private final long afterMs;
    private boolean forsaken;
    private boolean begun;
    private long silentSinceMs = NOT_SILENT;

    /** @param afterMs silence that the caller is left with before he hears it */
    LossFiller(long afterMs) {
        this.afterMs = afterMs;
    }

    /** The bridge is gone. @param served whether any has served this caller: who waits for his first still hears it ring */
    void bridgeGone(boolean served) {
        forsaken = served;
    }

    /** A bridge serves the caller. @return whether a filler that was begun for the loss is to stop */
    boolean served() {
        forsaken = false;
        silentSinceMs = NOT_SILENT;
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
        } else if (nowMs - silentSinceMs >= afterMs && quiet) {
            forsaken = false;
            begun = true;
            silentSinceMs = NOT_SILENT;
            return true;
        }
        return false;
    }
}
