package centralita.simulators.model.protocol;

import centralita.simulators.speech.SpeechDetector.Sensitivity;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * How turns of the caller are found.
 *
 * @param createResponse whether the end of speech starts a response
 * @param interruptResponse whether the start of speech cancels the running one
 * @param idleTimeoutMs after how much silence the model speaks up by itself
 */
public record TurnDetection(
        Sensitivity sensitivity, boolean createResponse, boolean interruptResponse, OptionalInt idleTimeoutMs) {

    /** @param json a checked {@code turn_detection} object with its defaults filled in */
    static TurnDetection of(JsonNode json) {
        var sensitivity = json.get("type").textValue().equals("semantic_vad")
                // There is no semantics here: eagerness only chooses how long a pause may be.
                ? new Sensitivity(
                        0.5, 300, semanticSilenceMs(json.path("eagerness").asText("auto")))
                : new Sensitivity(
                        json.path("threshold").asDouble(0.5),
                        json.path("prefix_padding_ms").asInt(300),
                        json.path("silence_duration_ms").asInt(500));
        var idle = json.path("idle_timeout_ms");
        return new TurnDetection(
                sensitivity,
                json.path("create_response").asBoolean(true),
                json.path("interrupt_response").asBoolean(true),
                idle.isInt() ? OptionalInt.of(idle.intValue()) : OptionalInt.empty());
    }

    private static int semanticSilenceMs(String eagerness) {
        return switch (eagerness) {
            case "high" -> 300;
            case "low" -> 1_000;
            default -> 500;
        };
    }
}
