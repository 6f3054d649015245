package centralita.orchestrator.kafka;

import centralita.contracts.json.ContractsJson;
import org.jspecify.annotations.Nullable;

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

    /** @throws BrokenRecordException when it is no such event, or not a complete one */
    static <E> E read(byte @Nullable [] value, Class<E> type) {
        if (value == null) {
            throw new BrokenRecordException("the record is empty");
        }
        try {
            return ContractsJson.read(value, type);
        } catch (IllegalArgumentException e) {
            // Without the cause, which may repeat what was said.
            throw new BrokenRecordException("the record is no event");
        }
    }
}
