package centralita.bridge.model;

/**
 * A session that is gone or was never had.
 *
 * @param provider whose it was; empty when no provider could be asked
 * @param retryable whether the same provider may give another
 * @param why stable and of few values
 * @param retryAfterMs how long the provider asks us to wait; 0: it does not say
 */
public record LostSession(String provider, boolean retryable, String why, long retryAfterMs) {
    /** Every provider is unreachable for the time being, or was given up. */
    public static final LostSession NOBODY_TO_ASK = new LostSession("", false, "nobody-to-ask", 0);
}
