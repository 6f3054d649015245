package centralita.orchestrator.kafka;

import centralita.contracts.call.CallEvent;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import java.util.Objects;

/** Reads records, and tells those that are broken for good from the rest. */
final class EventReader {
    private EventReader() {}

    /** A record that no later try will read: it goes to the dead letters. Never holds its content. */
    static final class BrokenRecordException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenRecordException(String why) {
            super(why);
        }
    }

    @SuppressWarnings(
            "NullAway") // JSON fills records with null where something is missing; that is what is looked for.
    static CallEvent callEvent(byte[] value) {
        var event = read(value, CallEvent.class);
        require(event.id(), event.source(), event.subject(), event.time(), event.data());
        return event;
    }

    @SuppressWarnings("NullAway")
    static TranscriptEvent transcriptEvent(byte[] value) {
        var event = read(value, TranscriptEvent.class);
        require(event.id(), event.source(), event.subject(), event.time(), event.data());
        return event;
    }

    @SuppressWarnings("NullAway")
    static RequestEvent requestEvent(byte[] value) {
        var event = read(value, RequestEvent.class);
        require(event.id(), event.source(), event.subject(), event.time(), event.data());
        return event;
    }

    private static void require(Object... attributes) {
        for (var attribute : attributes) {
            if (Objects.isNull(attribute)) {
                throw new BrokenRecordException("the event lacks an attribute");
            }
        }
    }

    private static <T> T read(byte[] value, Class<T> type) {
        if (value == null) {
            throw new BrokenRecordException("the record is empty");
        }
        try {
            return Objects.requireNonNull(ContractsJson.read(value, type));
        } catch (IllegalArgumentException | NullPointerException e) {
            // Without the cause, which may repeat what was said.
            throw new BrokenRecordException("the record is no event");
        }
    }
}
