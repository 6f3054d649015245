package centralita.gateway.call;

import centralita.contracts.call.CallEvent;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;

/** Takes events away, in order for each call, without ever making the caller wait. */
public interface CallEventPublisher {
    void publish(CallEvent event);

    void publish(TranscriptEvent event);

    /** @return false when it is refused: there is no room for it, here or on disk */
    boolean publish(RequestEvent event);
}
