package centralita.gateway.twilio;

import centralita.contracts.call.Outcome;
import java.util.Optional;

/** Where a call stands in Twilio's words; the order of a call's life is the order here. */
enum CallStatus {
    QUEUED,
    INITIATED,
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    NO_ANSWER,
    FAILED,
    CANCELED;

    /** @param word as {@code in-progress}; empty when it is none that we know */
    static Optional<CallStatus> of(String word) {
        return switch (word) {
            case "queued" -> Optional.of(QUEUED);
            case "initiated" -> Optional.of(INITIATED);
            case "ringing" -> Optional.of(RINGING);
            case "in-progress" -> Optional.of(IN_PROGRESS);
            case "completed" -> Optional.of(COMPLETED);
            case "busy" -> Optional.of(BUSY);
            case "no-answer" -> Optional.of(NO_ANSWER);
            case "failed" -> Optional.of(FAILED);
            case "canceled" -> Optional.of(CANCELED);
            default -> Optional.empty();
        };
    }

    /** How the call ended; empty while it lives. */
    Optional<Outcome> outcome() {
        return switch (this) {
            case QUEUED, INITIATED, RINGING, IN_PROGRESS -> Optional.empty();
            case COMPLETED -> Optional.of(Outcome.COMPLETED);
            case BUSY -> Optional.of(Outcome.BUSY);
            case NO_ANSWER -> Optional.of(Outcome.NO_ANSWER);
            case FAILED -> Optional.of(Outcome.FAILED);
            case CANCELED -> Optional.of(Outcome.CANCELED);
        };
    }
}
