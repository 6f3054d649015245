package centralita.simulators.model;

import centralita.simulators.model.protocol.AudioFormat;
import centralita.simulators.model.protocol.SessionSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a response is asked to be: the session's settings and what {@code response.create} has of its own.
 *
 * @param own the checked {@code response} object; empty for one that the server starts
 */
record ResponseRequest(SessionSettings settings, ObjectNode own) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static ResponseRequest of(SessionSettings settings, @Nullable JsonNode own) {
        return new ResponseRequest(settings, own instanceof ObjectNode object ? object : JSON.objectNode());
    }

    boolean outOfBand() {
        return own.path("conversation").asText("auto").equals("none");
    }

    boolean inText() {
        return modalities().path(0).asText().equals("text");
    }

    AudioFormat format() {
        return AudioFormat.of(formatJson());
    }

    String instructions() {
        return own.path("instructions").asText("");
    }

    String purpose() {
        return own.path("metadata").path("purpose").asText("");
    }

    /** The functions that may be called: none, all or the one that {@code tool_choice} names. */
    Map<String, JsonNode> functions() {
        var all = own.has("tools") ? SessionSettings.functions(own.get("tools")) : settings.functions();
        var choice = toolChoice();
        if (choice.asText().equals("none")) {
            return Map.of();
        }
        var only = choice.path("name").asText("");
        var chosen = new LinkedHashMap<>(all);
        chosen.keySet().removeIf(name -> !only.isEmpty() && !name.equals(only));
        return chosen;
    }

    boolean mustCall() {
        return toolChoice().isObject() || toolChoice().asText().equals("required");
    }

    /** Most tokens that may come out; {@code Integer.MAX_VALUE} for no limit. */
    int maxOutputTokens() {
        var own = maxOutputTokensJson();
        return own.isInt() ? own.intValue() : Integer.MAX_VALUE;
    }

    /** The response object as far as the request decides it. */
    ObjectNode json(String responseId, @Nullable String conversationId) {
        var response = JSON.objectNode().put("object", "realtime.response").put("id", responseId);
        response.put("conversation_id", conversationId);
        response.set("output_modalities", modalities());
        response.set("max_output_tokens", maxOutputTokensJson());
        var output = response.putObject("audio").putObject("output");
        output.set("format", formatJson());
        output.set("voice", voice());
        response.set("metadata", own.has("metadata") ? own.get("metadata") : JSON.nullNode());
        return response;
    }

    private JsonNode toolChoice() {
        return own.has("tool_choice") ? own.get("tool_choice") : settings.json().get("tool_choice");
    }

    private JsonNode modalities() {
        return own.has("output_modalities")
                ? own.get("output_modalities")
                : settings.json().get("output_modalities");
    }

    private JsonNode maxOutputTokensJson() {
        return own.has("max_output_tokens")
                ? own.get("max_output_tokens")
                : settings.json().get("max_output_tokens");
    }

    private JsonNode formatJson() {
        var format = own.at("/audio/output/format");
        if (format.isMissingNode()) {
            return settings.json().at("/audio/output/format");
        }
        return format.get("type").asText().equals("audio/pcm")
                ? ((ObjectNode) format.deepCopy()).put("rate", 24_000)
                : format;
    }

    private JsonNode voice() {
        var voice = own.at("/audio/output/voice");
        return voice.isMissingNode() ? settings.json().at("/audio/output/voice") : voice;
    }
}
