package centralita.bridge.link;

/**
 * Whether a gateway lives: it sends a ping every half second, besides all else. What does not come from one that stands
 * still may be on its way.
 */
final class GatewayPulse {
    /** Two pings. */
    private static final long STANDS_STILL_MS = 1_000;

    private long heardMs;
    private long backMs;

    GatewayPulse(long nowMs) {
        heardMs = nowMs;
        backMs = nowMs;
    }

    /** A batch or a ping has come. */
    void heard(long nowMs) {
        if (nowMs - heardMs > STANDS_STILL_MS) {
            backMs = nowMs;
        }
        heardMs = nowMs;
    }

    /** For how long it has been heard since a moment, and since it stood still last; 0 when not at all. */
    long livedMs(long sinceMs) {
        return Math.max(0, heardMs - Math.max(sinceMs, backMs));
    }
}
