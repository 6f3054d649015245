package centralita.bridge.openai;

import centralita.bridge.model.ModelOrder;
import centralita.bridge.openai.Provider.Feature;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The {@code session.update} that configures a call's session, GA shape (2). */
final class SessionUpdate {
    private SessionUpdate() {}

    static ObjectNode of(ModelOrder order, Provider provider, OpenAiConfig config) {
        var session = JsonNodeFactory.instance.objectNode();
        session.put("type", "realtime").put("instructions", order.instructions());
        session.putArray("output_modalities").add("audio");
        var audio = session.putObject("audio");
        input(order, provider, audio.putObject("input"));
        var settings = order.assistant().model();
        var output = audio.putObject("output");
        format(provider, output.putObject("format"));
        output.put("voice", provider.voiceFor(order));
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
        if (provider.has(Feature.TRUNCATION)) {
            session.putObject("truncation")
                    .put("type", "retention_ratio")
                    .put("retention_ratio", config.retentionRatio());
        }
        if (config.reasoningEffort().isPresent() && reasons(provider, order)) {
            session.putObject("reasoning")
                    .put("effort", config.reasoningEffort().get());
        }
        var event = ClientEvents.event("session.update");
        event.set("session", session);
        return event;
    }

    private static void format(Provider provider, ObjectNode format) {
        switch (provider.format()) {
            case PCMU -> format.put("type", "audio/pcmu");
            case PCM24 -> format.put("type", "audio/pcm").put("rate", 24_000);
        }
    }

    private static void input(ModelOrder order, Provider provider, ObjectNode input) {
        var assistant = order.assistant();
        var settings = assistant.model();
        format(provider, input.putObject("format"));
        var model = provider.transcriptionFor(order);
        if (model != null) {
            var transcription = input.putObject("transcription");
            transcription
                    .put("model", model)
                    .put("language", Locale.forLanguageTag(assistant.language()).getLanguage());
            if (provider.has(Feature.KEYWORDS) && !settings.keywords().isEmpty()) {
                var keywords = transcription.putArray("keywords");
                settings.keywords().forEach(keywords::add);
            }
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

    /** Of OpenAI's own models only the 2.x family does; elsewhere the whole update would be refused. */
    private static boolean reasons(Provider provider, ModelOrder order) {
        return provider.has(Feature.REASONING)
                && (!provider.takesNames() || provider.modelFor(order).startsWith("gpt-realtime-2"));
    }
}
