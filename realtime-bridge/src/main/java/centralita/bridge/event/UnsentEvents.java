package centralita.bridge.event;

import centralita.contracts.call.CallFact;
import centralita.contracts.transcript.TranscriptFact;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Singleton
class UnsentEvents implements CallEvents {
    private static final Logger LOG = Logger.getLogger(UnsentEvents.class);

    @Override
    public void publish(UUID callId, @Nullable String traceparent, CallFact fact) {
        LOG.debugf("callId=%s fact=%s", callId, fact);
    }

    @Override
    public void publish(UUID callId, @Nullable String traceparent, TranscriptFact fact) {
        LOG.debugf("callId=%s fact=%s", callId, fact);
    }
}
