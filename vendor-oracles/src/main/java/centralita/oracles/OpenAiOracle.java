package centralita.oracles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds realtime events against OpenAI's own Java models. An event passes when those models can read and validate it,
 * when nothing in it is unknown to them (they swallow unknown fields silently, so a whole session of the beta dialect
 * would pass), when they write the same JSON back, and when the numbers keep the limits that the models do not know
 * ({@link RealtimeLimits}).
 *
 * <p>Every method throws an {@link AssertionError} that says what is wrong and repeats the event. Thread-safe. The first
 * use costs some seconds of class loading.
 *
 * @see <a href="https://github.com/openai/openai-java">openai-java, com.openai.models.realtime</a>
 */
public final class OpenAiOracle {
    private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();
    private static final int SHOWN_CHARACTERS = 2_000;

    /** What the service sends and its own models do not know: event type, then path. */
    private static final List<UnknownButReal> EXCEPTIONS = List.of(
            // The models type the effective session as the request that made it.
            new UnknownButReal("session\\.(created|updated)", ".*\\.session(\\.\\w+)?\\.(id|object|expires_at)"),
            new UnknownButReal("conversation\\.item\\.input_audio_transcription\\.delta", ".*\\.obfuscation"),
            new UnknownButReal("response\\.done", ".*\\.statusDetails\\.error\\.(message|param)"));

    private OpenAiOracle() {}

    /** What a client of the current interface may send. An {@code item_reference} is checked by us: the models lack it. */
    public static void assertClientEvent(String json) {
        var event = parsed(json);
        var judged = withoutItemReferences(event);
        judge(
                json,
                judged,
                text -> MAPPER.readValue(text, RealtimeClientEvent.class).validate());
        refuse(json, RealtimeLimits.ofClientEvent(event));
    }

    /** What a server of the current interface may send. */
    public static void assertServerEvent(String json) {
        var event = parsed(json);
        judge(
                json,
                event,
                text -> MAPPER.readValue(text, RealtimeServerEvent.class).validate());
        refuse(json, RealtimeLimits.ofServerEvent(event));
    }

    /** The body with which a SIP call is accepted, or any whole session configuration. */
    public static void assertSession(String json) {
        var session = parsed(json);
        judge(
                json,
                session,
                text -> MAPPER.readValue(text, RealtimeSessionCreateRequest.class)
                        .validate());
        refuse(json, RealtimeLimits.ofSession(session));
    }

    /** What a client of the beta dialect, which other providers still speak, may send. */
    public static void assertBetaClientEvent(String json) {
        judge(
                json,
                parsed(json),
                text -> MAPPER.readValue(text, com.openai.models.beta.realtime.RealtimeClientEvent.class)
                        .validate());
    }

    /** What a server of the beta dialect may send. */
    public static void assertBetaServerEvent(String json) {
        judge(
                json,
                parsed(json),
                text -> MAPPER.readValue(text, com.openai.models.beta.realtime.RealtimeServerEvent.class)
                        .validate());
    }

    private static void judge(String json, JsonNode event, Reading reading) {
        try {
            var model = reading.read(MAPPER.writeValueAsString(event));
            var type = event.path("type").asText();
            var unknown = UnknownFields.of(model).stream()
                    .filter(path -> EXCEPTIONS.stream().noneMatch(e -> e.covers(type, path)))
                    .toList();
            if (!unknown.isEmpty()) {
                throw refusal(json, "the vendor's models do not know " + unknown, null);
            }
            var back = MAPPER.readTree(MAPPER.writeValueAsString(model));
            if (!event.equals(BY_VALUE, back)) {
                throw refusal(json, "the vendor's models write it back as " + shortened(back.toString()), null);
            }
        } catch (OpenAIInvalidDataException | JsonProcessingException e) {
            throw refusal(json, "the vendor's models refuse it: " + e.getMessage(), e);
        }
    }

    private static void refuse(String json, List<String> violations) {
        if (!violations.isEmpty()) {
            throw refusal(json, String.join("; ", violations), null);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw refusal(json, "it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** References to earlier items are part of the interface, but only the vendor's models for Node have them. */
    private static JsonNode withoutItemReferences(JsonNode event) {
        if (!(event.at("/response/input") instanceof ArrayNode input)
                || input.valueStream().noneMatch(OpenAiOracle::isReference)) {
            return event;
        }
        JsonNode judged = event.deepCopy();
        var kept = ((ObjectNode) judged.get("response")).putArray("input");
        input.valueStream().filter(item -> !isReference(item)).forEach(kept::add);
        return judged;
    }

    private static boolean isReference(JsonNode item) {
        return "item_reference".equals(item.path("type").asText());
    }

    private static AssertionError refusal(String json, String why, @Nullable Throwable cause) {
        return new AssertionError("not a valid realtime event: " + why + "\n" + shortened(json), cause);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** 1 and 1.0 are one number in JSON, and two in a tree. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            return new BigDecimal(one.asText()).compareTo(new BigDecimal(other.asText()));
        }
        return one.equals(other) ? 0 : 1;
    };

    @FunctionalInterface
    private interface Reading {
        Object read(String json) throws JsonProcessingException;
    }

    private record UnknownButReal(Pattern type, Pattern path) {
        UnknownButReal(String type, String path) {
            this(Pattern.compile(type), Pattern.compile(path));
        }

        boolean covers(String eventType, String unknownPath) {
            return type.matcher(eventType).matches()
                    && path.matcher(unknownPath).matches();
        }
    }
}
