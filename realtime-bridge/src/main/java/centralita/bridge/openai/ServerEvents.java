package centralita.bridge.openai;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.model.ModelEvent;
import centralita.contracts.call.Tokens;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the API's server events, tolerantly: a missing field is empty, an unknown event is {@link ModelEvent.Other}.
 * Names of the beta dialect are taken for their successors. Thread-safe.
 */
final class ServerEvents {
    /** As long as a whole message may be; the depth is that of any event. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(ServerMessages.MAX_BYTES)
                            .build())
                    .build())
            .build();

    /** Known, and of no consequence to a conversation. */
    private static final Set<String> INFORMATIONAL = Set.of(
            "conversation.created",
            "conversation.item.added",
            "conversation.item.done",
            "conversation.item.created",
            "conversation.item.retrieved",
            "conversation.item.truncated",
            "conversation.item.deleted",
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.segment",
            "input_audio_buffer.cleared",
            "input_audio_buffer.timeout_triggered",
            "input_audio_buffer.dtmf_event_received",
            "response.output_item.done",
            "response.content_part.added",
            "response.content_part.done",
            "response.output_text.delta",
            "response.output_text.done",
            "response.text.delta",
            "response.text.done",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "output_audio_buffer.started",
            "output_audio_buffer.stopped",
            "output_audio_buffer.cleared",
            "mcp_list_tools.in_progress",
            "mcp_list_tools.completed",
            "mcp_list_tools.failed",
            "response.mcp_call_arguments.delta",
            "response.mcp_call_arguments.done",
            "response.mcp_call.in_progress",
            "response.mcp_call.completed",
            "response.mcp_call.failed");

    private ServerEvents() {}

    /** @return null when it is no JSON object */
    static @Nullable JsonNode parse(byte[] message, int from, int length) {
        try {
            var tree = MAPPER.readTree(message, from, length);
            return tree != null && tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    static boolean isAudio(String type) {
        return type.equals("response.output_audio.delta") || type.equals("response.audio.delta");
    }

    static ModelEvent read(JsonNode event) {
        var type = text(event, "type");
        var itemId = text(event, "item_id");
        return switch (type) {
            case "input_audio_buffer.speech_started" ->
                new ModelEvent.SpeechStarted(
                        itemId, event.path("audio_start_ms").asLong());
            case "input_audio_buffer.speech_stopped" ->
                new ModelEvent.SpeechStopped(itemId, event.path("audio_end_ms").asLong());
            case "input_audio_buffer.committed" -> new ModelEvent.SpeechCommitted(itemId);
            case "conversation.item.input_audio_transcription.completed" -> transcribed(event, itemId);
            case "conversation.item.input_audio_transcription.failed" ->
                new ModelEvent.CallerTranscribed(itemId, null, 0, null);
            case "response.created" -> new ModelEvent.ResponseCreated(text(event.path("response"), "id"));
            case "response.output_item.added" -> itemAdded(event, type);
            case "response.output_audio.done", "response.audio.done" -> new ModelEvent.AudioDone(itemId);
            case "response.output_audio_transcript.delta", "response.audio_transcript.delta" ->
                new ModelEvent.TextDelta(itemId, text(event, "delta"));
            case "response.output_audio_transcript.done", "response.audio_transcript.done" ->
                new ModelEvent.TextDone(itemId, text(event, "transcript"));
            case "response.done" -> responseDone(event.path("response"));
            case "error" -> complaint(event.path("error"));
            case "rate_limits.updated" -> tokensLeft(event.path("rate_limits"), type);
            default -> new ModelEvent.Other(type, INFORMATIONAL.contains(type));
        };
    }

    /** Of the limits by name only the one on tokens is told in practice (1.4). */
    private static ModelEvent tokensLeft(JsonNode limits, String type) {
        for (var limit : limits) {
            if (text(limit, "name").equals("tokens") && limit.path("limit").asLong() > 0) {
                return new ModelEvent.TokensLeft(
                        limit.path("limit").asLong(),
                        Math.max(0, limit.path("remaining").asLong()));
            }
        }
        return new ModelEvent.Other(type, true);
    }

    private static ModelEvent itemAdded(JsonNode event, String type) {
        var item = event.path("item");
        return text(item, "type").equals("message")
                ? new ModelEvent.ItemAdded(text(event, "response_id"), text(item, "id"))
                : new ModelEvent.Other(type, true);
    }

    private static ModelEvent transcribed(JsonNode event, String itemId) {
        var usage = event.path("usage");
        var byTime = text(usage, "type").equals("duration");
        var details = usage.path("input_token_details");
        var tokens = byTime || !usage.isObject()
                ? null
                : new Tokens(
                        details.path("text_tokens").asLong(),
                        0,
                        details.path("audio_tokens").asLong(),
                        0,
                        usage.path("output_tokens").asLong(),
                        0);
        return new ModelEvent.CallerTranscribed(
                itemId,
                text(event, "transcript"),
                byTime ? usage.path("seconds").asDouble() : 0,
                tokens);
    }

    private static ModelEvent responseDone(JsonNode response) {
        var status = status(text(response, "status"));
        return new ModelEvent.ResponseDone(
                text(response, "id"),
                status,
                status == Input.Status.FAILED
                        ? failure(response.path("status_details").path("error"))
                        : null,
                status == Input.Status.COMPLETED ? calls(response.path("output")) : List.of(),
                usage(response.path("usage")));
    }

    private static Input.Status status(String word) {
        return switch (word) {
            case "completed" -> Input.Status.COMPLETED;
            case "cancelled" -> Input.Status.CANCELLED;
            case "failed" -> Input.Status.FAILED;
            // A word that we do not know: whatever it means, the answer is not whole.
            default -> Input.Status.INCOMPLETE;
        };
    }

    private static Input.Failure failure(JsonNode error) {
        var kind = OpenAiErrors.classify(text(error, "type"), text(error, "code"), text(error, "message"));
        return new Input.Failure(kind, text(error, "code"));
    }

    private static List<Input.FunctionCall> calls(JsonNode output) {
        var calls = new ArrayList<Input.FunctionCall>();
        for (var item : output) {
            if (text(item, "type").equals("function_call")
                    && !text(item, "call_id").isEmpty()) {
                calls.add(new Input.FunctionCall(text(item, "call_id"), text(item, "name"), text(item, "arguments")));
            }
        }
        return List.copyOf(calls);
    }

    /** Tokens that no detail accounts for are text (4.2); cached ones without detail are text first (11). */
    private static @Nullable Tokens usage(JsonNode usage) {
        if (!usage.isObject()) {
            return null;
        }
        var in = usage.path("input_token_details");
        var out = usage.path("output_token_details");
        var audioIn = in.path("audio_tokens").asLong();
        var textIn = in.isObject()
                ? in.path("text_tokens").asLong() + in.path("image_tokens").asLong()
                : usage.path("input_tokens").asLong();
        var cached = in.path("cached_tokens").asLong();
        var details = in.path("cached_tokens_details");
        var textCached = details.isObject() ? details.path("text_tokens").asLong() : Math.min(cached, textIn);
        var audioCached = details.isObject() ? details.path("audio_tokens").asLong() : cached - textCached;
        var audioOut = out.path("audio_tokens").asLong();
        var textOut = Math.max(
                out.path("text_tokens").asLong(), usage.path("output_tokens").asLong() - audioOut);
        return new Tokens(textIn, textCached, audioIn, audioCached, textOut, audioOut);
    }

    static ModelEvent.Complained complaint(JsonNode error) {
        var code = text(error, "code");
        var type = text(error, "type");
        var eventId = text(error, "event_id");
        return new ModelEvent.Complained(
                OpenAiErrors.classify(type, code, text(error, "message")),
                code.isEmpty() ? type : code,
                eventId.isEmpty() ? null : eventId);
    }

    static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }
}
