package centralita.simulators.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model's events as text, in the GA shape. Made by hand where every call needs them ten times a second, and with a
 * mapper where they come once.
 */
final class RealtimeText {
    static final byte[] DELTA_AUDIO = Ascii.bytes("\",\"delta\":\"");
    static final byte[] DELTA_END = Ascii.bytes("\"}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SESSION_SECONDS = 3600;
    private static final int TOKEN_MS = 50;
    private static final int HEARD_TOKEN_MS = 100;

    private RealtimeText() {}

    /** @param configured what the client set, or null */
    static String session(String type, int session, @Nullable JsonNode configured) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("type", "realtime")
                .put("object", "realtime.session")
                .put("id", "sess_load%d".formatted(session))
                .put("model", "gpt-realtime-2.1")
                .put("expires_at", Instant.now().getEpochSecond() + SESSION_SECONDS);
        object.putArray("output_modalities").add("audio");
        if (configured instanceof ObjectNode fields) {
            object.setAll(fields);
        }
        return event(type, object, "session");
    }

    static String error(String code, String message, @Nullable String eventId) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("type", "invalid_request_error").put("code", code).put("message", message);
        error.putNull("param").put("event_id", eventId);
        return event("error", error, "error");
    }

    static List<String> item(JsonNode item) {
        ObjectNode object = item instanceof ObjectNode fields ? fields : JsonNodeFactory.instance.objectNode();
        object.put("object", "realtime.item").put("status", "completed");
        if (!object.has("id")) {
            object.put("id", "item_made%x".formatted(System.nanoTime()));
        }
        return List.of(
                event("conversation.item.added", object, "item"), event("conversation.item.done", object, "item"));
    }

    static String truncated(JsonNode asked) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", "conversation.item.truncated").put("event_id", eventId());
        event.put("item_id", asked.path("item_id").asText())
                .put("content_index", 0)
                .put("audio_end_ms", asked.path("audio_end_ms").asLong());
        return event.toString();
    }

    static String deleted(JsonNode asked) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", "conversation.item.deleted").put("event_id", eventId());
        event.put("item_id", asked.path("item_id").asText());
        return event.toString();
    }

    static String bare(String type) {
        return "{\"type\":\"" + type + "\",\"event_id\":\"" + eventId() + "\"}";
    }

    static String speechStarted(int answer, long heardMs) {
        return "{\"type\":\"input_audio_buffer.speech_started\",\"event_id\":\"" + eventId() + "\",\"audio_start_ms\":"
                + heardMs + ",\"item_id\":\"" + callerItem(answer) + "\"}";
    }

    /** The end of a caller's turn. */
    static List<String> callerTurn(int answer, long heardMs) {
        String item = "{\"id\":\"" + callerItem(answer)
                + "\",\"object\":\"realtime.item\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"user\","
                + "\"content\":[{\"type\":\"input_audio\",\"transcript\":null}]}";
        return List.of(
                "{\"type\":\"input_audio_buffer.speech_stopped\",\"event_id\":\"" + eventId() + "\",\"audio_end_ms\":"
                        + heardMs + ",\"item_id\":\"" + callerItem(answer) + "\"}",
                "{\"type\":\"input_audio_buffer.committed\",\"event_id\":\"" + eventId() + "\",\"item_id\":\""
                        + callerItem(answer) + "\"}",
                "{\"type\":\"conversation.item.added\",\"event_id\":\"" + eventId() + "\",\"item\":" + item + "}",
                "{\"type\":\"conversation.item.done\",\"event_id\":\"" + eventId() + "\",\"item\":" + item + "}");
    }

    /** What the caller said in the turn before an answer, as text. */
    static String transcribed(int answerBefore) {
        return "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"event_id\":\"" + eventId()
                + "\",\"item_id\":\"" + callerItem(answerBefore)
                + "\",\"content_index\":0,\"transcript\":\"hiss\",\"usage\":{\"type\":\"duration\",\"seconds\":1.0}}";
    }

    static List<String> answerBegun(int session, int answer) {
        return List.of(
                "{\"type\":\"response.created\",\"event_id\":\"" + eventId() + "\",\"response\":"
                        + response(session, answer, "in_progress", 0) + "}",
                "{\"type\":\"response.output_item.added\",\"event_id\":\"" + eventId() + "\",\"response_id\":\""
                        + responseId(session, answer) + "\",\"output_index\":0,\"item\":"
                        + spoken(session, answer, "in_progress", false) + "}",
                "{\"type\":\"conversation.item.added\",\"event_id\":\"" + eventId() + "\",\"item\":"
                        + spoken(session, answer, "in_progress", false) + "}",
                "{\"type\":\"response.content_part.added\"," + ids(session, answer)
                        + ",\"part\":{\"type\":\"audio\",\"transcript\":\"\"}}",
                "{\"type\":\"response.output_audio_transcript.delta\"," + ids(session, answer)
                        + ",\"delta\":\"hiss\"}");
    }

    /** @param status {@code completed}, or {@code cancelled} by the caller's speech */
    static List<String> answerDone(int session, int answer, String status, int spokenMs) {
        String itemStatus = "completed".equals(status) ? "completed" : "incomplete";
        return List.of(
                "{\"type\":\"response.output_audio.done\"," + ids(session, answer) + "}",
                "{\"type\":\"response.output_audio_transcript.done\"," + ids(session, answer)
                        + ",\"transcript\":\"hiss\"}",
                "{\"type\":\"response.content_part.done\"," + ids(session, answer)
                        + ",\"part\":{\"type\":\"audio\",\"transcript\":\"hiss\"}}",
                "{\"type\":\"conversation.item.done\",\"event_id\":\"" + eventId() + "\",\"item\":"
                        + spoken(session, answer, itemStatus, true) + "}",
                "{\"type\":\"response.output_item.done\",\"event_id\":\"" + eventId() + "\",\"response_id\":\""
                        + responseId(session, answer) + "\",\"output_index\":0,\"item\":"
                        + spoken(session, answer, itemStatus, true) + "}",
                "{\"type\":\"response.done\",\"event_id\":\"" + eventId() + "\",\"response\":"
                        + response(session, answer, status, spokenMs) + "}");
    }

    /** Everything of an audio event before the number that ends its {@code event_id}. */
    static byte[] deltaPrefix(int session, int answer) {
        return Ascii.bytes("{\"type\":\"response.output_audio.delta\",\"response_id\":\"" + responseId(session, answer)
                + "\",\"item_id\":\"" + itemId(session, answer)
                + "\",\"output_index\":0,\"content_index\":0,\"event_id\":\"event_a" + session + "x");
    }

    private static String event(String type, JsonNode body, String name) {
        ObjectNode event = JSON.createObjectNode();
        event.put("type", type).put("event_id", eventId()).set(name, body);
        return event.toString();
    }

    private static String ids(int session, int answer) {
        return "\"event_id\":\"" + eventId() + "\",\"response_id\":\"" + responseId(session, answer)
                + "\",\"item_id\":\"" + itemId(session, answer) + "\",\"output_index\":0,\"content_index\":0";
    }

    private static String spoken(int session, int answer, String status, boolean whole) {
        return "{\"id\":\"" + itemId(session, answer) + "\",\"object\":\"realtime.item\",\"type\":\"message\","
                + "\"status\":\"" + status + "\",\"role\":\"assistant\",\"content\":"
                + (whole ? "[{\"type\":\"output_audio\",\"transcript\":\"hiss\"}]" : "[]") + "}";
    }

    private static String response(int session, int answer, String status, int spokenMs) {
        boolean done = !"in_progress".equals(status);
        int out = spokenMs / TOKEN_MS;
        int in = spokenMs / HEARD_TOKEN_MS;
        String details = "cancelled".equals(status) ? "{\"type\":\"cancelled\",\"reason\":\"turn_detected\"}" : "null";
        String usage = !done
                ? "null"
                : "{\"total_tokens\":" + (in + out) + ",\"input_tokens\":" + in + ",\"output_tokens\":" + out
                        + ",\"input_token_details\":{\"text_tokens\":0,\"audio_tokens\":" + in
                        + ",\"image_tokens\":0,\"cached_tokens\":0,\"cached_tokens_details\":{\"text_tokens\":0,"
                        + "\"audio_tokens\":0,\"image_tokens\":0}},\"output_token_details\":{\"text_tokens\":0,"
                        + "\"audio_tokens\":" + out + "}}";
        return "{\"object\":\"realtime.response\",\"id\":\"" + responseId(session, answer) + "\",\"status\":\"" + status
                + "\",\"status_details\":" + (done ? details : "null") + ",\"output\":["
                + (done ? spoken(session, answer, "completed".equals(status) ? "completed" : "incomplete", true) : "")
                + "],\"conversation_id\":\"conv_load" + session
                + "\",\"output_modalities\":[\"audio\"],\"max_output_tokens\":\"inf\",\"metadata\":null,\"usage\":"
                + usage + "}";
    }

    private static String responseId(int session, int answer) {
        return "resp_load" + session + "x" + answer;
    }

    private static String itemId(int session, int answer) {
        return "item_load" + session + "x" + answer;
    }

    private static String callerItem(int answer) {
        return "item_caller" + answer;
    }

    private static String eventId() {
        return "event_" + Long.toHexString(System.nanoTime());
    }
}
