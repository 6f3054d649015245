package centralita.gateway.recording;

import centralita.contracts.call.CallEvent;

/** Takes the facts of recordings away, without ever making the caller wait. Any thread. */
public interface RecordingEvents {
    void publish(CallEvent event);
}
