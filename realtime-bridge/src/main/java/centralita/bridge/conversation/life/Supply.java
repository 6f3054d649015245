package centralita.bridge.conversation.life;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was tried to get a model since a response was last completed. Only that counts as success: with an exhausted quota
 * every handshake is fine and no answer ever comes (openai-realtime 1.3).
 *
 * @param provider who was tried last; empty when nobody was
 * @param tries sessions of that provider that came to nothing
 * @param givenUp providers that are not tried again
 */
record Supply(String provider, int tries, List<String> givenUp) {
    static final Supply FRESH = new Supply("", 0, List.of());

    /**
     * A session was lost or never had.
     *
     * @param provider empty: nobody could even be asked
     * @param retryable whether the same provider may give another
     * @param retryAfterMs how long it asks us to wait
     */
    record Failure(String provider, boolean retryable, long retryAfterMs) {}

    /**
     * Whom to try next.
     *
     * @param attempt of this provider, from 1; 0: the first of another one
     * @param waitMs at least
     */
    record Next(Supply to, int attempt, long waitMs) {}

    /**
     * The same provider again, a few times and not for long; then the next one. An order to wait longer than that is
     * honoured by going elsewhere.
     *
     * @param outageMs how long there has been no session
     * @return null when nobody is left
     */
    @Nullable
    Next after(Failure failure, Setup.ModelCare care, long outageMs) {
        if (failure.provider().isEmpty()) {
            return null;
        }
        var count = failure.provider().equals(provider) ? tries + 1 : 1;
        var again =
                failure.retryable() && count <= care.tries() && outageMs + failure.retryAfterMs() <= care.withinMs();
        if (again) {
            return new Next(new Supply(failure.provider(), count, givenUp), count, failure.retryAfterMs());
        }
        var left = new ArrayList<>(givenUp);
        left.remove(failure.provider());
        left.add(failure.provider());
        return new Next(new Supply("", 0, List.copyOf(left)), 0, 0);
    }
}
