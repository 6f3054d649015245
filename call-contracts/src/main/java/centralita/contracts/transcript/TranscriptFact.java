package centralita.contracts.transcript;

import centralita.contracts.event.UnknownFact;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that was said in a call, or that it brought along. Nothing here prints its content. */
public sealed interface TranscriptFact {
    /**
     * What one party said. A later event for the same {@code itemId} replaces an earlier one: the assistant's text is
     * known before the caller has heard it, and shrinks when he interrupts.
     *
     * @param party {@code CALLER} or {@code ASSISTANT}
     * @param itemId the model's id of the item; unique within the call
     * @param turn the turn it belongs to, as in {@link centralita.contracts.call.CallFact.Turn}
     * @param text as the model or its transcription understood it; for an interrupted answer an estimate of what was
     *     heard, by share of time
     * @param startMs when it began, in ms since the conversation's start
     * @param heardMs what the caller heard of it; null for his own speech
     * @param interrupted whether the rest was never heard
     */
    @JsonTypeName("centralita.transcript.said.v1")
    record Said(
            String party,
            String itemId,
            int turn,
            String text,
            long startMs,
            @Nullable Long heardMs,
            boolean interrupted)
            implements TranscriptFact {
        @Override
        public String toString() {
            return "Said[party=" + party + ", itemId=" + itemId + "]";
        }
    }

    /**
     * A tool's call and its answer.
     *
     * @param arguments JSON text, as the model wrote it
     * @param output what the model was told
     */
    @JsonTypeName("centralita.transcript.tool-used.v1")
    record ToolUsed(String toolCallId, String tool, String arguments, String output, String outcome, long startMs)
            implements TranscriptFact {
        @Override
        public String toString() {
            return "ToolUsed[tool=" + tool + ", outcome=" + outcome + "]";
        }
    }

    /** Keys that the caller pressed. */
    @JsonTypeName("centralita.transcript.digits.v1")
    record Digits(String digits, long startMs) implements TranscriptFact {
        @Override
        public String toString() {
            return "Digits[count=" + digits.length() + "]";
        }
    }

    /**
     * The parties in full and what the call brought along: SIP headers and custom parameters that the operator allows.
     *
     * @param from the caller's address in full
     * @param to the called address in full
     * @param values name to value; names as they came
     */
    @JsonTypeName("centralita.transcript.context.v1")
    record Context(String from, String to, Map<String, String> values) implements TranscriptFact {
        @Override
        public String toString() {
            return "Context[names=" + values.keySet() + "]";
        }
    }

    /**
     * A kind from a newer producer: consumers count it and go on, and may keep it as it is.
     *
     * @param content the event's {@code data}, untouched
     */
    record Unknown(String type, @JsonValue JsonNode content) implements TranscriptFact, UnknownFact {
        /** Nobody here knows what the content may hold. */
        @Override
        public String toString() {
            return "Unknown[type=" + type + "]";
        }
    }
}
