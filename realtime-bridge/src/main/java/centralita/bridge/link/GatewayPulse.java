package centralita.bridge.link;

import java.time.Duration;

/**
 * Whether a gateway lives: it sends a ping at least every half second, besides all else. What does not come from one that
 * stands still may be on its way. On the media event loop only.
 */
final class GatewayPulse {
    /** A ping and a moment; the rest of a longer silence it stood still. */
    private static final long LONGEST_BREATH_MS = 600;

    private static final Duration SOONEST_DEAD = Duration.ofSeconds(2);

    private long heardMs;
    private long livedMs;

    GatewayPulse(long nowMs) {
        heardMs = nowMs;
    }

    /** @throws IllegalArgumentException when gateways that live are silent for so long */
    static long deadAfterMs(Duration wanted) {
        if (wanted.compareTo(SOONEST_DEAD) < 0) {
            throw new IllegalArgumentException("bridge.link.dead-after must be at least " + SOONEST_DEAD
                    + ": a gateway that lives may be silent for half a second, and a busy one for longer");
        }
        return wanted.toMillis();
    }

    /** A batch or a ping has come. */
    void heard(long nowMs) {
        livedMs += Math.min(nowMs - heardMs, LONGEST_BREATH_MS);
        heardMs = nowMs;
    }

    /** For how long it has lived altogether, until it was heard last. */
    long livedMs() {
        return livedMs;
    }

    /** For how long nothing has come. */
    long silentMs(long nowMs) {
        return nowMs - heardMs;
    }
}
