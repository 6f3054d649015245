package centralita.orchestrator.reconcile.rules;

import centralita.contracts.call.CallFact;
import java.time.Duration;
import java.time.Instant;

/** What is to be done about an open call. */
public sealed interface Verdict {
    /**
     * It is over.
     *
     * @param at when it ended, as well as is known
     * @param why it was for us to end it
     */
    record End(CallFact.Ended fact, Instant at, Why why) implements Verdict {}

    /** It goes on beyond every limit: the provider is to hang it up, and to be asked again after. */
    record HangUp(Duration lookAgainAfter) implements Verdict {}

    /**
     * Nothing for now.
     *
     * @param silent whether it is alive at the provider while nobody here has heard of it for long
     */
    record LookAgain(Duration after, boolean silent) implements Verdict {}

    /** Why a call was ended from here; a metric's tag. */
    enum Why {
        /** The provider knew of the end, and we had not been told. */
        CALLBACK_LOST,
        /** The provider knows no such call. */
        NOT_KNOWN,
        /** We never learned the provider's id. */
        NO_CALL_SID,
        /** Older than any call can be, and nobody can be asked. */
        TOO_OLD
    }
}
