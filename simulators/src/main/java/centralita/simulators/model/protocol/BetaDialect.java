package centralita.simulators.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dialect before GA, which other providers still speak. Inside there is only GA; events are translated on their
 * way in and out. What beta had and GA has not ({@code temperature}) is dropped on the way in.
 */
public final class BetaDialect {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> FORMATS =
            Map.of("pcm16", "audio/pcm", "g711_ulaw", "audio/pcmu", "g711_alaw", "audio/pcma");
    private static final Map<String, String> EVENTS = Map.of(
            "response.output_audio.delta", "response.audio.delta",
            "response.output_audio.done", "response.audio.done",
            "response.output_audio_transcript.delta", "response.audio_transcript.delta",
            "response.output_audio_transcript.done", "response.audio_transcript.done",
            "response.output_text.delta", "response.text.delta",
            "response.output_text.done", "response.text.done",
            "conversation.item.added", "conversation.item.created");

    private BetaDialect() {}

    /** A client's event in GA. What is not understood is left as it is, so that the GA checks name it. */
    public static JsonNode toGa(JsonNode event) {
        if (!event.isObject()) {
            return event;
        }
        var ga = (ObjectNode) event.deepCopy();
        switch (event.path("type").asText()) {
            case "session.update" -> ga.set("session", sessionToGa(event.path("session")));
            case "response.create" -> {
                if (event.path("response").isObject()) {
                    ga.set("response", responseToGa(event.get("response")));
                }
            }
            case "conversation.item.create" -> contentToGa(ga.path("item"));
            default -> {
                return event;
            }
        }
        return ga;
    }

    private static JsonNode sessionToGa(JsonNode beta) {
        if (!beta.isObject()) {
            return beta;
        }
        var ga = JSON.objectNode().put("type", "realtime");
        var input = JSON.objectNode();
        var output = JSON.objectNode();
        for (var field : beta.properties()) {
            var value = field.getValue();
            switch (field.getKey()) {
                case "modalities" -> ga.set("output_modalities", modalitiesToGa(value));
                case "voice", "speed" -> output.set(field.getKey(), value);
                case "input_audio_format" -> input.set("format", formatToGa(value));
                case "output_audio_format" -> output.set("format", formatToGa(value));
                case "input_audio_transcription" -> input.set("transcription", value);
                case "input_audio_noise_reduction" -> input.set("noise_reduction", value);
                case "turn_detection" -> input.set("turn_detection", value);
                case "max_response_output_tokens" -> ga.set("max_output_tokens", value);
                case "temperature" -> {}
                default -> ga.set(field.getKey(), value);
            }
        }
        ga.putObject("audio").<ObjectNode>set("input", input).set("output", output);
        return ga;
    }

    private static JsonNode responseToGa(JsonNode beta) {
        var ga = JSON.objectNode();
        for (var field : beta.properties()) {
            var value = field.getValue();
            switch (field.getKey()) {
                case "modalities" -> ga.set("output_modalities", modalitiesToGa(value));
                case "max_response_output_tokens" -> ga.set("max_output_tokens", value);
                case "voice" -> ga.withObject("/audio/output").set("voice", value);
                case "output_audio_format" -> ga.withObject("/audio/output").set("format", formatToGa(value));
                case "temperature" -> {}
                default -> ga.set(field.getKey(), value);
            }
        }
        return ga;
    }

    private static JsonNode modalitiesToGa(JsonNode beta) {
        for (var modality : beta) {
            if (modality.asText().equals("audio")) {
                return JSON.arrayNode().add("audio");
            }
        }
        return beta;
    }

    private static JsonNode formatToGa(JsonNode beta) {
        var type = FORMATS.get(beta.asText());
        if (type == null) {
            return beta;
        }
        return JSON.objectNode().put("type", type);
    }

    private static void contentToGa(JsonNode item) {
        for (var part : item.path("content")) {
            if (item.path("role").asText().equals("assistant")
                    && part.path("type").asText().equals("text")) {
                ((ObjectNode) part).put("type", "output_text");
            }
        }
    }

    /** @return a server's event in beta; null for one that beta does not have */
    public static @Nullable ObjectNode fromGa(ObjectNode event) {
        var type = event.get("type").textValue();
        if (type.equals("conversation.item.done")) {
            return null;
        }
        var beta = event.deepCopy();
        beta.put("type", EVENTS.getOrDefault(type, type));
        if (type.startsWith("session.")) {
            beta.set("session", sessionFromGa(event.get("session")));
        }
        if (type.equals("response.function_call_arguments.done")) {
            beta.remove("name");
        }
        contentFromGa(beta.path("item"));
        if (beta.path("response") instanceof ObjectNode response) {
            responseFromGa(response);
        }
        return beta;
    }

    private static ObjectNode sessionFromGa(JsonNode ga) {
        var beta = JSON.objectNode();
        for (var name : new String[] {"id", "object", "model", "instructions", "tools", "tool_choice"}) {
            beta.set(name, ga.get(name));
        }
        beta.set("modalities", modalitiesFromGa(ga.get("output_modalities")));
        beta.set("voice", ga.at("/audio/output/voice"));
        beta.set("speed", ga.at("/audio/output/speed"));
        beta.set("input_audio_format", formatFromGa(ga.at("/audio/input/format")));
        beta.set("output_audio_format", formatFromGa(ga.at("/audio/output/format")));
        for (var name : new String[] {"transcription", "noise_reduction"}) {
            beta.set("input_audio_" + name, ga.at("/audio/input/" + name));
        }
        var detection = ga.at("/audio/input/turn_detection").deepCopy();
        if (detection instanceof ObjectNode known) {
            known.remove("idle_timeout_ms");
        }
        beta.set("turn_detection", detection);
        beta.set("max_response_output_tokens", ga.get("max_output_tokens"));
        beta.put("temperature", 0.8);
        beta.set("expires_at", ga.get("expires_at"));
        return beta;
    }

    private static void responseFromGa(ObjectNode response) {
        response.set("modalities", modalitiesFromGa(response.remove("output_modalities")));
        var output = response.path("audio").path("output");
        if (output.isObject()) {
            response.set("voice", output.get("voice"));
            response.set("output_audio_format", formatFromGa(output.get("format")));
        }
        response.remove("audio");
        if (response.at("/usage/input_token_details") instanceof ObjectNode input) {
            input.remove("image_tokens");
            input.remove("cached_tokens_details");
        }
        response.path("output").forEach(BetaDialect::contentFromGa);
    }

    private static JsonNode modalitiesFromGa(@Nullable JsonNode ga) {
        if (ga != null && ga.path(0).asText().equals("text")) {
            return JSON.arrayNode().add("text");
        }
        return JSON.arrayNode().add("audio").add("text");
    }

    private static JsonNode formatFromGa(JsonNode ga) {
        return switch (AudioFormat.of(ga)) {
            case PCMU -> JSON.textNode("g711_ulaw");
            case PCMA -> JSON.textNode("g711_alaw");
            case PCM_24K -> JSON.textNode("pcm16");
        };
    }

    private static void contentFromGa(JsonNode item) {
        for (var part : item.path("content")) {
            switch (part.path("type").asText()) {
                case "output_text" -> ((ObjectNode) part).put("type", "text");
                case "output_audio" -> ((ObjectNode) part).put("type", "audio");
                default -> {}
            }
        }
    }
}
