package centralita.simulators.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The effective configuration of a session. Immutable: an update makes new settings or is refused whole. */
public final class SessionSettings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode effective;
    private final AudioFormat input;
    private final AudioFormat output;
    private final Optional<TurnDetection> turnDetection;
    private final Map<String, JsonNode> functions;

    private SessionSettings(ObjectNode effective) {
        this.effective = effective;
        input = AudioFormat.of(effective.at("/audio/input/format"));
        output = AudioFormat.of(effective.at("/audio/output/format"));
        var detection = effective.at("/audio/input/turn_detection");
        turnDetection = detection.isObject() ? Optional.of(TurnDetection.of(detection)) : Optional.empty();
        functions = functions(effective.path("tools"));
    }

    /** What a session has before its first update. */
    public static SessionSettings initial(String sessionId, String model, long expiresAtEpochSeconds) {
        var session = JSON.objectNode();
        session.put("type", "realtime").put("object", "realtime.session").put("id", sessionId);
        session.put("model", model);
        session.putArray("output_modalities").add("audio");
        session.put("instructions", "You are a helpful stand-in.");
        session.putArray("tools");
        session.put("tool_choice", "auto").put("max_output_tokens", "inf").put("truncation", "auto");
        session.putNull("tracing").putNull("prompt").putNull("include");
        session.put("expires_at", expiresAtEpochSeconds);
        var audio = session.putObject("audio");
        var input = audio.putObject("input");
        input.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
        input.putNull("transcription").putNull("noise_reduction");
        input.set("turn_detection", withDefaults(JSON.objectNode().put("type", "server_vad")));
        var output = audio.putObject("output");
        output.putObject("format").put("type", "audio/pcm").put("rate", 24_000);
        output.put("voice", "marin").put("speed", 1.0);
        return new SessionSettings(session);
    }

    /**
     * @param change a {@code session} object that {@link EventShapes} has accepted
     * @param voiceIsFixed whether the model has already spoken in this session
     * @throws Refusal when it may not be changed so; these settings stay as they are
     */
    public SessionSettings updated(ObjectNode change, boolean voiceIsFixed) {
        refuseWhatCannotChange(change, voiceIsFixed);
        var next = effective.deepCopy();
        change.properties().forEach(field -> {
            if (!field.getKey().equals("audio")) {
                next.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        for (var side : new String[] {"input", "output"}) {
            var target = (ObjectNode) next.at("/audio/" + side);
            change.path("audio")
                    .path(side)
                    .properties()
                    .forEach(
                            field -> target.set(field.getKey(), effectiveAudioField(field.getKey(), field.getValue())));
        }
        return new SessionSettings(next);
    }

    private static JsonNode effectiveAudioField(String name, JsonNode value) {
        return switch (name) {
            case "turn_detection" -> value.isObject() ? withDefaults(value.deepCopy()) : value;
            case "format" ->
                value.get("type").textValue().equals("audio/pcm")
                        ? ((ObjectNode) value.deepCopy()).put("rate", 24_000)
                        : value;
            // The vendor's models write doubles, and 1 is not 1.0 for everybody.
            case "speed" -> JSON.numberNode(value.doubleValue());
            default -> value.deepCopy();
        };
    }

    private void refuseWhatCannotChange(ObjectNode change, boolean voiceIsFixed) {
        if (change.has("model") && !change.get("model").equals(effective.get("model"))) {
            throw Refusal.invalidValue("session.model", "the model of a session cannot be changed.");
        }
        var voice = change.path("audio").path("output").path("voice");
        if (voiceIsFixed && !voice.isMissingNode() && !voice.equals(effective.at("/audio/output/voice"))) {
            throw new Refusal(
                    "cannot_update_voice",
                    "session.audio.output.voice",
                    "Cannot update a conversation's voice if assistant audio is present.");
        }
        if (change.has("reasoning")
                && !model().matches(".*realtime-2(\\b|[.-]).*")
                && !model().startsWith("stand-in")) {
            throw Refusal.invalidValue("session.reasoning", "the model '%s' does not reason.".formatted(model()));
        }
        if (change.has("tracing")
                && !effective.get("tracing").isNull()
                && !change.get("tracing").equals(effective.get("tracing"))) {
            throw Refusal.invalidValue("session.tracing", "tracing cannot be changed once it is set.");
        }
    }

    private static JsonNode withDefaults(JsonNode detection) {
        var filled = (ObjectNode) detection;
        if (filled.get("type").textValue().equals("server_vad")) {
            filled.set("threshold", JSON.numberNode(filled.path("threshold").asDouble(0.5)));
            filled.put("prefix_padding_ms", filled.path("prefix_padding_ms").asInt(300));
            filled.put("silence_duration_ms", filled.path("silence_duration_ms").asInt(500));
            if (!filled.has("idle_timeout_ms")) {
                filled.putNull("idle_timeout_ms");
            }
        } else if (!filled.has("eagerness")) {
            filled.put("eagerness", "auto");
        }
        filled.put("create_response", filled.path("create_response").asBoolean(true));
        return filled.put(
                "interrupt_response", filled.path("interrupt_response").asBoolean(true));
    }

    /** @return the functions of a {@code tools} list by name, each the whole tool object */
    public static Map<String, JsonNode> functions(JsonNode tools) {
        var byName = new LinkedHashMap<String, JsonNode>();
        tools.forEach(tool -> {
            if (tool.path("type").asText().equals("function")) {
                byName.put(tool.get("name").textValue(), tool);
            }
        });
        return byName;
    }

    /** The whole session object, as {@code session.updated} shows it. Do not change it. */
    public ObjectNode json() {
        return effective;
    }

    public String model() {
        return effective.get("model").textValue();
    }

    public String instructions() {
        return effective.path("instructions").asText();
    }

    public AudioFormat input() {
        return input;
    }

    public AudioFormat output() {
        return output;
    }

    /** Empty when the client finds turns itself. */
    public Optional<TurnDetection> turnDetection() {
        return turnDetection;
    }

    public Map<String, JsonNode> functions() {
        return functions;
    }

    /** The {@code transcription} object; empty when the caller's words are not wanted as text. */
    public Optional<JsonNode> transcription() {
        var transcription = effective.at("/audio/input/transcription");
        return transcription.isObject() ? Optional.of(transcription) : Optional.empty();
    }

    public OptionalInt maxOutputTokens() {
        var limit = effective.get("max_output_tokens");
        return limit.isInt() ? OptionalInt.of(limit.intValue()) : OptionalInt.empty();
    }
}
