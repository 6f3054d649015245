package centralita.gateway.twilio;

/** A bucket of bytes that fills with time: says when a peer sends more than any caller could. Pure. */
final class FloodGuard {
    /** What a frame costs besides its bytes; so a flood of tiny ones is one, too. */
    private static final int FRAME_COST_BYTES = 200;

    private final long bytesPerSecond;
    private final long burstBytes;
    private long left;
    private long lastMs;

    FloodGuard(long bytesPerSecond, long burstBytes, long nowMs) {
        this.bytesPerSecond = bytesPerSecond;
        this.burstBytes = burstBytes;
        this.left = burstBytes;
        this.lastMs = nowMs;
    }

    /** Counts a frame. @return false when it is too much */
    boolean allows(int bytes, long nowMs) {
        left = Math.min(burstBytes, left + (nowMs - lastMs) * bytesPerSecond / 1000);
        lastMs = nowMs;
        left -= bytes + FRAME_COST_BYTES;
        return left >= 0;
    }
}
