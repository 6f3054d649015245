package centralita.orchestrator.call.life;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import java.time.Instant;

/**
 * Where one call stands. Events of one call come from several producers over several topics, in any order and more than
 * once; so a state only ever moves forward, and what it carries does not depend on the order.
 */
public sealed interface CallState {
    /** Something was said of it, but not yet how it began. */
    record Announced() implements CallState {}

    /** We are to place it. */
    record Requested(Instant since) implements CallState {}

    /** Somebody calls us. */
    record Received(Instant since) implements CallState {}

    record Ringing(Instant since) implements CallState {}

    /** @param since the first sign that somebody is on the line */
    record InProgress(Instant since) implements CallState {}

    /** Final. @param talkTimeMs 0 when nobody answered */
    record Ended(Instant since, Outcome outcome, EndReason reason, long talkTimeMs) implements CallState {}
}
