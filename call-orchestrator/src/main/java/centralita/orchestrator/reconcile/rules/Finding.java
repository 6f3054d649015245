package centralita.orchestrator.reconcile.rules;

import centralita.contracts.call.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What asking the provider about a call brought. */
public sealed interface Finding {
    /** The call is queued, rings or goes on. */
    record Alive() implements Finding {}

    /**
     * The call is over.
     *
     * @param endedAt by the provider's clock, to the second; null when it does not say
     * @param talkTime zero when nobody answered; null when it does not say
     */
    record Over(
            Outcome outcome,
            @Nullable Instant endedAt,
            @Nullable Duration talkTime) implements Finding {}

    /** The provider knows no such call. */
    record NotThere() implements Finding {}

    /** We do not know under which id to ask. */
    record NoCallSid() implements Finding {}

    /**
     * No answer, or none that helps.
     *
     * @param reason stable and of few values
     * @param retryAfter how long the provider wants to be left alone; null when it does not say
     */
    record NoAnswer(String reason, @Nullable Duration retryAfter) implements Finding {}
}
