package centralita.simulators.model.protocol;

import centralita.simulators.speech.Clip;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One item of a conversation: a message with at most one part that is audio, or a function call, or its output, or
 * something that is only kept. Changes while it is made, truncated or transcribed; belongs to its session's event loop.
 */
public final class Item {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode json;
    private final List<Clip> heard;
    private byte @Nullable [] inputAudio;
    private int audioMs;
    private OptionalInt truncatedAtMs = OptionalInt.empty();
    private String spokenText = "";
    private String keptWords = "";

    private Item(ObjectNode json, List<Clip> heard) {
        this.json = json;
        this.heard = heard;
    }

    /** An item that the client made, from a checked {@code item} object. */
    public static Item created(ObjectNode item, String idIfNone, List<Clip> heard) {
        var json = item.deepCopy();
        if (!json.path("id").isTextual()) {
            json.put("id", idIfNone);
        }
        json.put("object", "realtime.item");
        if (!json.path("type").asText().startsWith("mcp_")) {
            json.put("status", "completed");
        } else {
            json.remove("object");
        }
        return new Item(json, heard);
    }

    /**
     * A turn of the caller.
     *
     * @param mulaw what was said, kept for {@code retrieve}
     * @param heard what of it is understood
     */
    public static Item spokenByCaller(String id, byte[] mulaw, List<Clip> heard) {
        var item = new Item(message(id, "user", "completed"), heard);
        ((ObjectNode) item.content().addObject().put("type", "input_audio")).putNull("transcript");
        item.inputAudio = mulaw;
        item.audioMs = mulaw.length / 8;
        return item;
    }

    /** An answer that is about to be made. */
    public static Item answer(String id) {
        return new Item(message(id, "assistant", "in_progress"), List.of());
    }

    public static Item functionCall(String id, String name, String callId) {
        var json =
                JSON.objectNode().put("id", id).put("object", "realtime.item").put("type", "function_call");
        json.put("status", "in_progress")
                .put("name", name)
                .put("call_id", callId)
                .put("arguments", "");
        return new Item(json, List.of());
    }

    private static ObjectNode message(String id, String role, String status) {
        var json =
                JSON.objectNode().put("id", id).put("object", "realtime.item").put("type", "message");
        json.put("status", status).put("role", role).putArray("content");
        return json;
    }

    public String id() {
        return json.get("id").textValue();
    }

    public String type() {
        return json.get("type").textValue();
    }

    /** @return {@code user}, {@code assistant}, {@code system}; empty for what is no message */
    public String role() {
        return json.path("role").asText("");
    }

    public String status() {
        return json.path("status").asText("completed");
    }

    public void status(String status) {
        json.put("status", status);
    }

    public void arguments(String arguments) {
        json.put("arguments", arguments);
    }

    public String field(String name) {
        return json.path(name).asText("");
    }

    /** Clips that are known in the caller's audio, in order. */
    public List<Clip> heard() {
        return heard;
    }

    public int audioMs() {
        return audioMs;
    }

    public OptionalInt truncatedAtMs() {
        return truncatedAtMs;
    }

    public boolean isAnswer() {
        return role().equals("assistant");
    }

    /** How much of the answer is still part of the conversation. */
    public int keptAudioMs() {
        return truncatedAtMs.orElse(audioMs);
    }

    public void madeAudio(int moreMs) {
        audioMs += moreMs;
    }

    /** The words of an answer so far; they become part of the item when it is finished. */
    public void spoke(String moreText) {
        spokenText += moreText;
    }

    public String spokenText() {
        return spokenText;
    }

    /** Ends the making of an answer. An answer of which nothing was heard or written has no content. */
    public void finish(String status, boolean audible) {
        status(status);
        if (audible && audioMs > 0) {
            content().addObject().put("type", "output_audio").put("transcript", spokenText);
        } else if (!audible && !spokenText.isEmpty()) {
            content().addObject().put("type", "output_text").put("text", spokenText);
        }
    }

    public void transcribed(String transcript) {
        ((ObjectNode) content().get(0)).put("transcript", transcript);
    }

    public void truncate(int audioEndMs) {
        var known = keptWords.isEmpty() ? words() : keptWords;
        keptWords = known.substring(0, (int) ((long) known.length() * audioEndMs / Math.max(1, keptAudioMs())))
                .strip();
        truncatedAtMs = OptionalInt.of(audioEndMs);
        spokenText = "";
        for (var part : content()) {
            if (part.has("transcript")) {
                ((ObjectNode) part).put("transcript", "");
            }
        }
    }

    /**
     * What a model still hears of an answer that was truncated, though nobody writes it down any more; as much of the text as of
     * the sound.
     */
    public String keptWords() {
        return keptWords;
    }

    /** Lets go of the caller's audio; {@code retrieve} then shows the item without it. */
    public void forgetAudio() {
        inputAudio = null;
    }

    /** @return all words of the item, typed or transcribed or made so far; never null */
    public String words() {
        var words = new StringBuilder();
        for (var part : json.path("content")) {
            words.append(part.path("text").asText(""))
                    .append(part.path("transcript").asText(""))
                    .append(' ');
        }
        return words.isEmpty() || words.toString().isBlank()
                ? spokenText
                : words.toString().strip();
    }

    /** The item as events show it: without audio bytes. */
    public ObjectNode json() {
        var copy = json.deepCopy();
        for (var part : copy.path("content")) {
            ((ObjectNode) part).remove("audio");
        }
        return copy;
    }

    /** The item with its audio, for {@code conversation.item.retrieved}. */
    public ObjectNode jsonWithAudio(AudioFormat format) {
        var copy = json.deepCopy();
        if (inputAudio != null) {
            var audio = format.fromMulaw(inputAudio, 0, inputAudio.length);
            ((ObjectNode) copy.path("content").get(0))
                    .put("audio", Base64.getEncoder().encodeToString(audio));
        }
        return copy;
    }

    private ArrayNode content() {
        return json.withArray("content");
    }

    /** Characters that count as text tokens. */
    int textLength() {
        int length = json.path("arguments").asText("").length()
                + json.path("output").asText("").length();
        for (JsonNode part : json.path("content")) {
            length += part.path("text").asText("").length();
        }
        return length;
    }
}
