package centralita.bridge.openai;

/**
 * Whether a peer is alive, whatever TCP says: dead is one of whom nothing at all has come for two beats in a row, with a
 * ping sent at each. All times are milliseconds of a clock that never runs backwards. On the media event loop only.
 */
final class SocketPulse {
    private static final int SILENT_AT_MOST = 2;

    private final long intervalMs;
    private long beatMs;
    private boolean heard;
    private boolean deaf;
    private int silent;
    private String ping = "";
    private long pingedMs;
    private long arrivedMs;

    /** @param intervalMs from one beat to the next */
    SocketPulse(long intervalMs) {
        this.intervalMs = intervalMs;
    }

    /** The socket is open. */
    void start(long nowMs) {
        beatMs = nowMs;
        heard = true;
    }

    /** Anything came: audio tells as well as a pong that somebody is there. */
    void heard() {
        heard = true;
    }

    /** What the peer sends is left in the socket, pongs as well: no silence is his until {@link #listening}. */
    void deaf() {
        deaf = true;
    }

    void listening() {
        heard |= deaf;
        deaf = false;
    }

    /**
     * One interval has passed.
     *
     * @return whether the peer is dead
     */
    boolean beat(long nowMs) {
        var sinceMs = nowMs - beatMs;
        beatMs = nowMs;
        if (2 * sinceMs < intervalMs) {
            // The loop was held up and makes up for it: what has come meanwhile is read only after this.
            return false;
        }
        var oursToBlame = deaf || sinceMs > 2 * intervalMs;
        silent = heard || oursToBlame ? 0 : silent + 1;
        heard = false;
        return silent >= SILENT_AT_MOST;
    }

    /**
     * A ping leaves, behind all that was sent before.
     *
     * @param sentMs of the caller's audio by now
     * @return what the ping says
     */
    String ping(long sentMs) {
        ping = Long.toString(sentMs);
        pingedMs = sentMs;
        return ping;
    }

    /** @param said what it was pinged with (RFC 6455, 5.5.3); an answer to an earlier ping says less and is not used */
    void pong(String said) {
        heard();
        if (said.equals(ping)) {
            arrivedMs = pingedMs;
        }
    }

    /** Of the caller's audio, what the peer has for sure: the ping behind it was answered. */
    long arrivedMs() {
        return arrivedMs;
    }
}
