package centralita.orchestrator.reconcile.rules;

import centralita.contracts.call.EndReason;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open call as far as it is known here. All times by the database's clock, but for {@code answeredAt}, which is by the
 * gateway's.
 *
 * @param requested whether it is one of ours that still waits to be placed
 * @param callSid the provider's id; null while nobody told us
 * @param createdAt when it got its id
 * @param newsAt when we last heard of it
 * @param answeredAt null while it is not answered
 * @param conversationEnd why the last bridge let go of it; null while none did
 * @param hangUpAt when we last meant to hang it up; null for never
 * @param vainLooks looks in a row that brought no answer
 * @param traceparent null when it is not traced
 */
public record OpenCall(
        UUID callId,
        boolean requested,
        @Nullable String callSid,
        Instant createdAt,
        Instant newsAt,
        @Nullable Instant answeredAt,
        @Nullable EndReason conversationEnd,
        @Nullable Instant hangUpAt,
        int vainLooks,
        @Nullable String traceparent) {

    Optional<Instant> answered() {
        return Optional.ofNullable(answeredAt);
    }
}
