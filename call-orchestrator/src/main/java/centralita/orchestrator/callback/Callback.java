package centralita.orchestrator.callback;

import centralita.contracts.call.CallbackCause;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to be called back, as it is shown: of the number the last two digits.
 *
 * @param callbackId UUIDv7; their order is the order of asking
 * @param callId the call in which it was asked for
 * @param language BCP 47
 * @param closedAt null while it is open
 */
record Callback(
        UUID callbackId,
        UUID callId,
        Status status,
        String numberLastTwo,
        String assistantId,
        String language,
        CallbackCause cause,
        Instant requestedAt,
        @Nullable Instant closedAt) {

    /** Where it stands. Only {@link #BOOKED} is open; nothing reopens it. */
    enum Status {
        BOOKED,
        /** He was called. */
        DONE,
        /** He will not be called. */
        CANCELLED
    }
}
