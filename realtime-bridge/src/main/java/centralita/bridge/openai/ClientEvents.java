package centralita.bridge.openai;

import centralita.bridge.model.ModelCommand;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Writes the API's client events. Thread-safe. */
final class ClientEvents {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final byte[] APPEND =
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] APPEND_END = "\"}".getBytes(StandardCharsets.US_ASCII);

    private ClientEvents() {}

    /**
     * The caller's audio as one event, written as bytes.
     *
     * @param mulaw from its reader to its writer index; its indices stay
     * @return UTF-8
     */
    static byte[] append(ByteBuf mulaw) {
        var audio = new byte[mulaw.readableBytes()];
        mulaw.getBytes(mulaw.readerIndex(), audio);
        return append(Base64.getEncoder().encode(audio));
    }

    /** The same for audio in an array. @param length of it that counts */
    static byte[] append(byte[] audio, int length) {
        var text = Base64.getEncoder().encode(ByteBuffer.wrap(audio, 0, length));
        return append(text.array());
    }

    private static byte[] append(byte[] text) {
        var event = Arrays.copyOf(APPEND, APPEND.length + text.length + APPEND_END.length);
        System.arraycopy(text, 0, event, APPEND.length, text.length);
        System.arraycopy(APPEND_END, 0, event, APPEND.length + text.length, APPEND_END.length);
        return event;
    }

    /** @param wire the form of sound in it */
    static ObjectNode write(ModelCommand command, WireAudio wire) {
        return switch (command) {
            case ModelCommand.Ask(var eventId, var instructions) -> {
                var event = event("response.create").put("event_id", eventId);
                if (instructions != null) {
                    event.putObject("response").put("instructions", instructions);
                }
                yield event;
            }
            case ModelCommand.Tell(var role, var text) -> message(role, text);
            case ModelCommand.LetHear(var mulaw) -> heard(wire.whole(mulaw));
            case ModelCommand.RecallTool(var toolCallId, var name, var arguments) ->
                item(NODES.objectNode()
                        .put("type", "function_call")
                        .put("call_id", toolCallId)
                        .put("name", name)
                        .put("arguments", arguments));
            case ModelCommand.AnswerTool(var toolCallId, var output) ->
                item(NODES.objectNode()
                        .put("type", "function_call_output")
                        .put("call_id", toolCallId)
                        .put("output", output));
            case ModelCommand.Truncate(var itemId, var audioEndMs) ->
                event("conversation.item.truncate")
                        .put("item_id", itemId)
                        .put("content_index", 0)
                        .put("audio_end_ms", audioEndMs);
            case ModelCommand.Delete(var itemId) ->
                event("conversation.item.delete").put("item_id", itemId);
            case ModelCommand.Cancel(var responseId) -> event("response.cancel").put("response_id", responseId);
        };
    }

    private static ObjectNode message(ModelCommand.Role role, String text) {
        var item = NODES.objectNode().put("type", "message");
        var content = NODES.objectNode();
        switch (role) {
            case CALLER -> {
                item.put("role", "user");
                content.put("type", "input_text");
            }
            case SYSTEM -> {
                item.put("role", "system");
                content.put("type", "input_text");
            }
            // Audio of the assistant cannot be created (6.4).
            case ASSISTANT -> {
                item.put("role", "assistant");
                content.put("type", "output_text");
            }
        }
        item.putArray("content").add(content.put("text", text));
        return item(item);
    }

    private static ObjectNode heard(byte[] audio) {
        var item = NODES.objectNode().put("type", "message").put("role", "user");
        item.putArray("content")
                .addObject()
                .put("type", "input_audio")
                .put("audio", Base64.getEncoder().encodeToString(audio));
        return item(item);
    }

    private static ObjectNode item(ObjectNode item) {
        var event = event("conversation.item.create");
        event.set("item", item);
        return event;
    }

    static ObjectNode event(String type) {
        return NODES.objectNode().put("type", type);
    }

    /** @return UTF-8 */
    static byte[] bytes(ObjectNode event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a tree as JSON", e);
        }
    }
}
