package centralita.bridge.event;

import centralita.contracts.call.CallFact;
import centralita.contracts.transcript.TranscriptFact;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes events for the rest of the house. Never blocks and never fails; any thread. */
public interface CallEvents {
    /** @param traceparent of the call; null when it is not traced */
    void publish(UUID callId, @Nullable String traceparent, CallFact fact);

    void publish(UUID callId, @Nullable String traceparent, TranscriptFact fact);
}
