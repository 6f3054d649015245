package centralita.bridge.conversation.life;

import org.jspecify.annotations.Nullable;

/**
 * The model's side of a conversation.
 *
 * @param ready whether a session hears and speaks
 * @param failed whether there will be none
 * @param session how many sessions this conversation has had
 * @param announced whether the conversation's start was published
 * @param current the session that serves, or the last one that did
 * @param firstReadyMs when the first one was configured
 * @param term when the current one is to be replaced
 * @param successor the session that is to replace it
 * @param outage since when no session serves; null while one does
 * @param supply what was tried since a response was last completed
 * @param silence how long the caller has been waiting for words
 */
record ModelLink(
        boolean ready,
        boolean failed,
        int session,
        boolean announced,
        ModelSession current,
        long firstReadyMs,
        Term term,
        Successor successor,
        @Nullable Outage outage,
        Supply supply,
        Wait silence) {

    /**
     * When a session is to be replaced.
     *
     * @param warmFromMs from then on another one is made ready
     * @param endMs then it is left, wherever the conversation stands
     */
    record Term(long warmFromMs, long endMs) {
        static final Term NEVER = new Term(Long.MAX_VALUE, Long.MAX_VALUE);
        private static final long RESERVE_MS = 10_000;

        /** Of a session that begins now; one that lives shortly is replaced in the second half of its life. */
        static Term of(ModelSession session, Setup.ModelCare care, long nowMs) {
            var lifeMs = session.lifeMs() > 0 ? session.lifeMs() : Long.MAX_VALUE;
            var usedMs = care.longestSessionMs() > 0 ? Math.min(lifeMs, care.longestSessionMs()) : lifeMs;
            if (usedMs == Long.MAX_VALUE) {
                return NEVER;
            }
            var marginMs = Math.min(care.rotationMarginMs(), usedMs / 2);
            return new Term(nowMs + usedMs - marginMs, nowMs + usedMs - Math.min(RESERVE_MS, marginMs / 4));
        }
    }

    /** The session that is to replace the current one. */
    sealed interface Successor {
        record None() implements Successor {}

        /** @param attempt from 1 */
        record Opening(int attempt) implements Successor {}

        /** @param attempt which has succeeded */
        record Warm(int attempt) implements Successor {}
    }

    /**
     * @param sinceMs -1: nobody waits
     * @param filled whether the caller hears that somebody works on it
     * @param onModelMs since when it is this session that he waits for; -1: it is not
     * @param lookedElsewhere whether it was found out if another provider may be asked
     */
    record Wait(long sinceMs, boolean filled, long onModelMs, boolean lookedElsewhere) {
        static final Wait NONE = new Wait(-1, false, -1, false);

        static Wait from(long nowMs) {
            return new Wait(nowMs, false, -1, false);
        }

        Wait asFilled() {
            return new Wait(sinceMs, true, onModelMs, lookedElsewhere);
        }

        Wait onModel(long fromMs) {
            return new Wait(sinceMs, filled, fromMs, lookedElsewhere);
        }

        Wait notOnModel() {
            return new Wait(sinceMs, filled, -1, false);
        }

        Wait asLookedElsewhere() {
            return new Wait(sinceMs, filled, onModelMs, true);
        }
    }

    /** @param lost whether the session before was lost; else it was left on purpose */
    record Outage(long sinceMs, boolean lost) {}

    static final Successor NO_SUCCESSOR = new Successor.None();

    static ModelLink opening(long nowMs) {
        return new ModelLink(
                false,
                false,
                0,
                false,
                ModelSession.NONE,
                0,
                Term.NEVER,
                NO_SUCCESSOR,
                new Outage(nowMs, true),
                Supply.FRESH,
                Wait.NONE);
    }

    /** Another session serves. */
    ModelLink serving(ModelSession next, Term nextTerm, long nowMs) {
        var firstMs = session == 0 ? nowMs : firstReadyMs;
        return new ModelLink(
                true, false, session + 1, announced, next, firstMs, nextTerm, NO_SUCCESSOR, null, supply, silence);
    }

    /** No session serves any more; of an outage the first moment counts. */
    ModelLink without(Outage since) {
        var began = outage == null ? since : outage;
        return new ModelLink(
                false,
                failed,
                session,
                announced,
                current,
                firstReadyMs,
                Term.NEVER,
                successor,
                began,
                supply,
                silence);
    }

    ModelLink givenUp() {
        return new ModelLink(
                false, true, session, announced, current, firstReadyMs, Term.NEVER, successor, outage, supply, silence);
    }

    ModelLink with(Successor next) {
        return new ModelLink(
                ready, failed, session, announced, current, firstReadyMs, term, next, outage, supply, silence);
    }

    ModelLink with(Supply next) {
        return new ModelLink(
                ready, failed, session, announced, current, firstReadyMs, term, successor, outage, next, silence);
    }

    ModelLink asAnnounced() {
        return new ModelLink(
                ready, failed, session, true, current, firstReadyMs, term, successor, outage, supply, silence);
    }

    ModelLink with(Wait next) {
        return new ModelLink(
                ready, failed, session, announced, current, firstReadyMs, term, successor, outage, supply, next);
    }
}
