package centralita.simulators.model.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalTime;
import java.util.Map;

/**
 * What there is to answer.
 *
 * @param trigger what was understood last
 * @param language of the conversation: {@code en} or {@code es}
 * @param functions that may be called now, by name; each the tool object of the session
 * @param mustCall whether the client insists on a call; then the first of the functions
 * @param instructions of the response; empty when it has none of its own
 * @param codeWordKnown whether the conversation holds the code word
 * @param toldTime the last result of a tool that told the time of day; empty when there is none in the conversation
 * @param now used when no tool told the time
 */
public record Situation(
        Trigger trigger,
        String language,
        Map<String, JsonNode> functions,
        boolean mustCall,
        String instructions,
        boolean codeWordKnown,
        String toldTime,
        LocalTime now) {

    public sealed interface Trigger {
        /** Nobody has said anything yet. */
        record Start() implements Trigger {}

        /** A clip of the caller, spoken or written. */
        record Understood(String clip) implements Trigger {}

        /** Words or sounds that no clip has. */
        record NotUnderstood() implements Trigger {}

        record Silence() implements Trigger {}

        record ToolResult(String tool, String output) implements Trigger {}

        /** The model was asked to speak, but everything is answered. */
        record NothingNew() implements Trigger {}

        /**
         * The same, and the last thing that was said broke off in the middle.
         *
         * @param spoken of it
         */
        record CutOff(String spoken) implements Trigger {}

        /** @param purpose {@code metadata.purpose}, may be empty */
        record OutOfBand(String purpose) implements Trigger {}
    }
}
