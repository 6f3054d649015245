package centralita.bridge.openai;

import centralita.bridge.model.ModelOrder;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The {@code session.update} that configures a call's session, GA shape (2). */
final class SessionUpdate {
    private SessionUpdate() {}

    static ObjectNode of(ModelOrder order, String model, OpenAiConfig config, WireAudio wire) {
        var session = JsonNodeFactory.instance.objectNode();
        session.put("type", "realtime").put("instructions", order.instructions());
        session.putArray("output_modalities").add("audio");
        var audio = session.putObject("audio");
        input(order, config, wire, audio.putObject("input"));
        var settings = order.assistant().model();
        var output = audio.putObject("output");
        wire.describe(output.putObject("format"));
        output.put("voice", settings.voice());
        if (settings.speed() != null) {
            output.put("speed", settings.speed());
        }
        var tools = session.putArray("tools");
        for (var function : order.functions()) {
            tools.addObject()
                    .put("type", "function")
                    .put("name", function.name())
                    .put("description", function.description())
                    .set("parameters", function.parameters());
        }
        session.put("tool_choice", "auto");
        session.putObject("truncation").put("type", "retention_ratio").put("retention_ratio", config.retentionRatio());
        if (config.reasoningEffort().isPresent() && reasons(model)) {
            session.putObject("reasoning")
                    .put("effort", config.reasoningEffort().get());
        }
        var event = ClientEvents.event("session.update");
        event.set("session", session);
        return event;
    }

    private static void input(ModelOrder order, OpenAiConfig config, WireAudio wire, ObjectNode input) {
        var assistant = order.assistant();
        var settings = assistant.model();
        wire.describe(input.putObject("format"));
        var transcription = input.putObject("transcription");
        var own = settings.transcriptionModel();
        transcription
                .put("model", own == null ? config.transcriptionModel() : own)
                .put("language", Locale.forLanguageTag(assistant.language()).getLanguage());
        if (!settings.keywords().isEmpty()) {
            var keywords = transcription.putArray("keywords");
            settings.keywords().forEach(keywords::add);
        }
        turnDetection(settings.turnDetection(), input.putObject("turn_detection"));
    }

    private static void turnDetection(TurnDetection settings, ObjectNode detection) {
        detection.put("type", settings.type());
        if (settings.type().equals("semantic_vad")) {
            if (settings.eagerness() != null) {
                detection.put("eagerness", settings.eagerness());
            }
        } else {
            if (settings.threshold() != null) {
                detection.put("threshold", settings.threshold());
            }
            if (settings.prefixPaddingMs() != null) {
                detection.put("prefix_padding_ms", settings.prefixPaddingMs());
            }
            if (settings.silenceDurationMs() != null) {
                detection.put("silence_duration_ms", settings.silenceDurationMs());
            }
        }
        // The conversation counts on both: the model answers speech by itself and stops when it hears some. Unless a
        // cough
        // must not count as speech: then nothing happens before we know.
        var byItself = !settings.resumesFalseInterruptions();
        detection.put("create_response", byItself).put("interrupt_response", byItself);
    }

    /** Elsewhere the whole update would be refused. */
    private static boolean reasons(String model) {
        return model.startsWith("gpt-realtime-2");
    }
}
