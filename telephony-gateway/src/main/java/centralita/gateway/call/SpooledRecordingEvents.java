package centralita.gateway.call;

import centralita.contracts.call.CallEvent;
import centralita.gateway.recording.RecordingEvents;
import jakarta.inject.Singleton;

/** The facts of recordings go the way of all facts of calls. */
@Singleton
class SpooledRecordingEvents implements RecordingEvents {
    private final CallEventPublisher events;

    SpooledRecordingEvents(CallEventPublisher events) {
        this.events = events;
    }

    @Override
    public void publish(CallEvent event) {
        events.publish(event);
    }
}
