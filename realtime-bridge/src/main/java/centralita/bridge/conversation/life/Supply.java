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
 * @param givenUp providers that are not tried again in this round
 * @param hopeless those of them that would fail again: an empty account, a bad key
 * @param restMs how long all who may yet answer ask us to wait, at least
 */
record Supply(String provider, int tries, List<String> givenUp, List<String> hopeless, long restMs) {
    static final Supply FRESH = new Supply("", 0, List.of(), List.of(), 0);
    /** Between two rounds; with the lot that is drawn for each try, the calls of a bridge do not come together. */
    private static final long ROUND_PAUSE_MS = 500;

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
     * The same provider again, a few times and not for long; then the next one. An order to wait longer than half of that is
     * honoured by going elsewhere: whoever waits the whole of it has no time left for the next one (F-O2).
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
        var ordered = failure.retryAfterMs() > 0;
        var again = failure.retryable()
                && count <= care.tries()
                && outageMs + failure.retryAfterMs() <= (ordered ? care.withinMs() / 2 : care.withinMs());
        if (again) {
            var same = new Supply(failure.provider(), count, givenUp, hopeless, restMs);
            return new Next(same, count, failure.retryAfterMs());
        }
        var left = with(givenUp, failure.provider());
        if (!failure.retryable()) {
            return new Next(new Supply("", 0, left, with(hopeless, failure.provider()), restMs), 0, 0);
        }
        var first = hopeless.containsAll(givenUp);
        var rest = first ? failure.retryAfterMs() : Math.min(restMs, failure.retryAfterMs());
        return new Next(new Supply("", 0, left, hopeless, rest), 0, 0);
    }

    /** A provider keeps silent: the next one, at once. It is not hopeless, and asked again in another round. */
    Next elsewhere(String silent) {
        return new Next(new Supply("", 0, with(givenUp, silent), hopeless, 0), 0, 0);
    }

    /**
     * Nobody is left: the list from its start, after a pause. A model that restarts is back after some seconds; one that
     * asks us to wait is asked when it said, however long that is: the caller's patience ends the call, not the header.
     *
     * @param care whose tries decide how long the pause by lot may be
     * @return null when nobody on the list could ever answer
     */
    @Nullable
    Next anotherRound(Setup.ModelCare care) {
        if (!givenUp.isEmpty() && hopeless.containsAll(givenUp)) {
            return null;
        }
        return new Next(new Supply("", 0, hopeless, hopeless, 0), care.tries(), Math.max(ROUND_PAUSE_MS, restMs));
    }

    private static List<String> with(List<String> names, String name) {
        var more = new ArrayList<>(names);
        more.remove(name);
        more.add(name);
        return List.copyOf(more);
    }
}
