package centralita.bridge.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Our client events as the protocol worded them before GA. What beta does not have is left out (8). */
final class BetaShape {
    private static final Map<String, String> FORMATS = Map.of("audio/pcmu", "g711_ulaw", "audio/pcm", "pcm16");

    private BetaShape() {}

    /** @param event GA; it is not changed */
    static ObjectNode of(ObjectNode event) {
        return switch (ServerEvents.text(event, "type")) {
            case "session.update" -> {
                var beta = ClientEvents.event("session.update");
                beta.set("session", session(event.path("session")));
                yield beta;
            }
            case "conversation.item.create" -> {
                var beta = event.deepCopy();
                for (var part : beta.path("item").path("content")) {
                    if (ServerEvents.text(part, "type").equals("output_text")) {
                        ((ObjectNode) part).put("type", "text");
                    }
                }
                yield beta;
            }
            default -> event;
        };
    }

    private static ObjectNode session(JsonNode ga) {
        var beta = JsonNodeFactory.instance.objectNode();
        // Audio alone is refused: it always comes with its text.
        beta.putArray("modalities").add("audio").add("text");
        copy(ga, "instructions", beta, "instructions");
        copy(ga, "tools", beta, "tools");
        copy(ga, "tool_choice", beta, "tool_choice");
        var input = ga.path("audio").path("input");
        var output = ga.path("audio").path("output");
        copy(output, "voice", beta, "voice");
        copy(output, "speed", beta, "speed");
        beta.put("input_audio_format", format(input));
        beta.put("output_audio_format", format(output));
        if (input.get("transcription") instanceof ObjectNode transcription) {
            beta.set("input_audio_transcription", transcription.deepCopy().without("keywords"));
        }
        copy(input, "turn_detection", beta, "turn_detection");
        return beta;
    }

    private static String format(JsonNode side) {
        var type = ServerEvents.text(side.path("format"), "type");
        var beta = FORMATS.get(type);
        if (beta == null) {
            throw new IllegalArgumentException("beta has no name for the format " + type);
        }
        return beta;
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        var value = from.get(field);
        if (value != null) {
            to.set(name, value);
        }
    }
}
