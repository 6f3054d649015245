package centralita.simulators.model.protocol;

import static centralita.simulators.model.protocol.Shape.ANY;
import static centralita.simulators.model.protocol.Shape.BOOLEAN;
import static centralita.simulators.model.protocol.Shape.FREE_OBJECT;
import static centralita.simulators.model.protocol.Shape.byField;
import static centralita.simulators.model.protocol.Shape.fields;
import static centralita.simulators.model.protocol.Shape.integer;
import static centralita.simulators.model.protocol.Shape.list;
import static centralita.simulators.model.protocol.Shape.nullable;
import static centralita.simulators.model.protocol.Shape.number;
import static centralita.simulators.model.protocol.Shape.text;
import static centralita.simulators.model.protocol.Shape.textOr;
import static centralita.simulators.model.protocol.Shape.word;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The eleven client events of the GA dialect, as of 2026-11.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/realtime-client-events">client events</a>
 */
public final class EventShapes {
    private static final int LONGEST_EVENT_ID = 512;
    private static final int LONGEST_ITEM_ID = 32;
    private static final Set<String> VOICES =
            Set.of("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar");

    private static final Shape FORMAT = byField(
            "type",
            Map.of(
                    "audio/pcm", fields().needs("type", ANY).may("rate", integer(24_000, 24_000)),
                    "audio/pcmu", fields().needs("type", ANY),
                    "audio/pcma", fields().needs("type", ANY)));

    private static final Shape TURN_DETECTION = byField(
            "type",
            Map.of(
                    "server_vad",
                    fields().needs("type", ANY)
                            .may("threshold", number(0, 1))
                            .may("prefix_padding_ms", integer(0, 60_000))
                            .may("silence_duration_ms", integer(0, 60_000))
                            .may("create_response", BOOLEAN)
                            .may("interrupt_response", BOOLEAN)
                            .may("idle_timeout_ms", nullable(integer(5_000, 30_000))),
                    "semantic_vad",
                    fields().needs("type", ANY)
                            .may("eagerness", word("low", "medium", "high", "auto"))
                            .may("create_response", BOOLEAN)
                            .may("interrupt_response", BOOLEAN)));

    private static final Shape TRANSCRIPTION = fields().may("model", text())
            .may("language", text())
            .may("languages", list(text()))
            .may("keywords", list(text()))
            .may("prompt", text())
            .may("delay", word("minimal", "low", "medium", "high", "xhigh"));

    private static final Shape VOICE = textOr(
            (value, path) -> {
                if (!VOICES.contains(value.textValue())) {
                    throw Refusal.invalidValue(path, "supported values are %s.".formatted(VOICES));
                }
            },
            fields().needs("id", text()));

    private static final Shape TOOLS = list(byField(
            "type",
            Map.of(
                    "function",
                    fields().needs("type", ANY)
                            .needs("name", text(64))
                            .may("description", text())
                            .may("parameters", FREE_OBJECT),
                    "mcp",
                    fields().needs("type", ANY)
                            .needs("server_label", text())
                            .may("server_url", text())
                            .may("tunnel_id", text())
                            .may("connector_id", text())
                            .may("authorization", text())
                            .may("headers", nullable(FREE_OBJECT))
                            .may("allowed_tools", ANY)
                            .may("require_approval", ANY)
                            .may("server_description", text())
                            .may("defer_loading", BOOLEAN)
                            .may("allowed_callers", ANY))));

    private static final Shape TOOL_CHOICE = textOr(
            word("auto", "none", "required"),
            byField(
                    "type",
                    Map.of(
                            "function", fields().needs("type", ANY).needs("name", text()),
                            "mcp",
                                    fields().needs("type", ANY)
                                            .needs("server_label", text())
                                            .may("name", nullable(text())))));

    private static final Shape MAX_OUTPUT_TOKENS = textOr(word("inf"), integer(1, 4_096));
    private static final Shape REASONING = fields().may("effort", word("minimal", "low", "medium", "high", "xhigh"));
    private static final Shape PROMPT = nullable(
            fields().needs("id", text()).may("version", nullable(text())).may("variables", nullable(FREE_OBJECT)));

    private static final Shape MODALITIES = (value, path) -> {
        list(word("audio", "text")).check(value, path);
        if (value.size() != 1) {
            throw Refusal.invalidValue(path, "must be ['audio'] or ['text'].");
        }
    };

    private static final Shape METADATA = nullable((value, path) -> {
        FREE_OBJECT.check(value, path);
        if (value.size() > 16) {
            throw Refusal.invalidValue(path, "at most 16 pairs.");
        }
        for (var pair : value.properties()) {
            if (pair.getKey().length() > 64) {
                throw Refusal.invalidValue(path, "keys have at most 64 characters.");
            }
            text(512).check(pair.getValue(), path + "." + pair.getKey());
        }
    });

    private static final Shape SESSION = fields().needs("type", word("realtime"))
            .may("model", text())
            .may("instructions", text())
            .may("output_modalities", MODALITIES)
            .may(
                    "audio",
                    fields().may(
                                    "input",
                                    fields().may("format", FORMAT)
                                            .may(
                                                    "noise_reduction",
                                                    nullable(fields().needs("type", word("near_field", "far_field"))
                                                            .may("strength", number(0, 1))))
                                            .may("transcription", nullable(TRANSCRIPTION))
                                            .may("turn_detection", nullable(TURN_DETECTION)))
                            .may(
                                    "output",
                                    fields().may("format", FORMAT)
                                            .may("voice", VOICE)
                                            .may("speed", number(0.25, 1.5))))
            .may("tools", TOOLS)
            .may("tool_choice", TOOL_CHOICE)
            .may("parallel_tool_calls", BOOLEAN)
            .may("reasoning", REASONING)
            .may("max_output_tokens", MAX_OUTPUT_TOKENS)
            .may(
                    "truncation",
                    textOr(
                            word("auto", "disabled"),
                            fields().needs("type", word("retention_ratio"))
                                    .needs("retention_ratio", number(0, 1))
                                    .may(
                                            "token_limits",
                                            fields().may("post_instructions", integer(0, Integer.MAX_VALUE)))))
            .may(
                    "tracing",
                    nullable(textOr(
                            word("auto"),
                            fields().may("workflow_name", text())
                                    .may("group_id", text())
                                    .may("metadata", FREE_OBJECT))))
            .may("include", nullable(list(word("item.input_audio_transcription.logprobs"))))
            .may("prompt", PROMPT);

    private static final Shape ITEM = ItemShapes.item(LONGEST_ITEM_ID);

    private static final Shape RESPONSE = fields().may("instructions", text())
            .may("output_modalities", MODALITIES)
            .may("audio", fields().may("output", fields().may("format", FORMAT).may("voice", VOICE)))
            .may("tools", TOOLS)
            .may("tool_choice", TOOL_CHOICE)
            .may("parallel_tool_calls", BOOLEAN)
            .may("reasoning", REASONING)
            .may("max_output_tokens", MAX_OUTPUT_TOKENS)
            .may("conversation", word("auto", "none"))
            .may("input", list(ItemShapes.itemOrReference(LONGEST_ITEM_ID)))
            .may("metadata", METADATA)
            .may("prompt", PROMPT);

    private static final Map<String, Shape> EVENTS = Map.ofEntries(
            Map.entry("session.update", event().needs("session", SESSION)),
            Map.entry("input_audio_buffer.append", event().needs("audio", text())),
            Map.entry("input_audio_buffer.commit", event()),
            Map.entry("input_audio_buffer.clear", event()),
            Map.entry(
                    "conversation.item.create", event().needs("item", ITEM).may("previous_item_id", nullable(text()))),
            Map.entry("conversation.item.retrieve", event().needs("item_id", text())),
            Map.entry(
                    "conversation.item.truncate",
                    event().needs("item_id", text())
                            .needs("content_index", integer(0, Integer.MAX_VALUE))
                            .needs("audio_end_ms", integer(0, Integer.MAX_VALUE))),
            Map.entry("conversation.item.delete", event().needs("item_id", text())),
            Map.entry("response.create", event().may("response", nullable(RESPONSE))),
            Map.entry("response.cancel", event().may("response_id", nullable(text()))),
            Map.entry("output_audio_buffer.clear", event()));

    private EventShapes() {}

    /**
     * @return the event's type
     * @throws Refusal when it is none of the eleven or not of its shape
     */
    public static String check(JsonNode event) {
        if (!event.isObject()) {
            throw new Refusal("invalid_event", null, "An event must be a JSON object.");
        }
        byField("type", EVENTS).check(event, "");
        return event.get("type").textValue();
    }

    /** @return the {@code event_id} that the client gave, for the error; null when it gave none that can be used */
    public static @Nullable String eventId(JsonNode event) {
        return event instanceof ObjectNode object && object.path("event_id").isTextual()
                ? object.get("event_id").textValue()
                : null;
    }

    private static Shape.Fields event() {
        return fields().needs("type", ANY).may("event_id", text(LONGEST_EVENT_ID));
    }
}
