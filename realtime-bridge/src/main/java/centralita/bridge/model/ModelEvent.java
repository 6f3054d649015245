package centralita.bridge.model;

import centralita.bridge.conversation.life.Input;
import centralita.contracts.call.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model session says, besides audio. Texts are personal data: nothing here prints them. */
public sealed interface ModelEvent {
    /** @param audioStartMs since the first audio that the session heard */
    record SpeechStarted(String itemId, long audioStartMs) implements ModelEvent {}

    record SpeechStopped(String itemId, long audioEndMs) implements ModelEvent {}

    record SpeechCommitted(String itemId) implements ModelEvent {}

    /**
     * @param text null when it could not be transcribed
     * @param seconds billed by time; 0 when billed by tokens or not at all
     * @param usage null when not billed by tokens
     */
    record CallerTranscribed(
            String itemId,
            @Nullable String text,
            double seconds,
            @Nullable Tokens usage) implements ModelEvent {
        @Override
        public String toString() {
            return "CallerTranscribed[" + itemId + "]";
        }
    }

    record ResponseCreated(String responseId) implements ModelEvent {}

    /** An assistant's message begins. */
    record ItemAdded(String responseId, String itemId) implements ModelEvent {}

    record AudioDone(String itemId) implements ModelEvent {}

    record TextDelta(String itemId, String delta) implements ModelEvent {
        @Override
        public String toString() {
            return "TextDelta[" + itemId + "]";
        }
    }

    record TextDone(String itemId, String text) implements ModelEvent {
        @Override
        public String toString() {
            return "TextDone[" + itemId + "]";
        }
    }

    record ResponseDone(
            String responseId,
            Input.Status status,
            Input.@Nullable Failure failure,
            List<Input.FunctionCall> calls,
            @Nullable Tokens usage)
            implements ModelEvent {}

    /** @param causedBy our id of the event that it is about; null when not said */
    record Complained(
            Input.ErrorKind kind, String code, @Nullable String causedBy) implements ModelEvent {}

    /**
     * How much the provider lets all sessions of our key use; it fills evenly, so that all is back after a minute.
     *
     * @param limit tokens per minute
     * @param left of them, what this response will use taken off
     */
    record TokensLeft(long limit, long left) implements ModelEvent {}

    /** Nothing that the conversation needs to know. @param known whether we know what it is */
    record Other(String type, boolean known) implements ModelEvent {}
}
