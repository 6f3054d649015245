package centralita.oracles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Limits of the realtime interface that the vendor's models do not check: ranges, lengths, base64, and that a response
 * has one modality.
 *
 * @see <a href="https://developers.openai.com/api/reference/resources/realtime">OpenAI, Realtime API reference</a>
 */
final class RealtimeLimits {
    private final List<String> violations = new ArrayList<>();

    private RealtimeLimits() {}

    static List<String> ofClientEvent(JsonNode event) {
        var limits = new RealtimeLimits();
        limits.eventId(event);
        switch (event.path("type").asText()) {
            case "session.update" -> limits.session(event.path("session"));
            case "response.create" -> limits.response(event.path("response"));
            case "input_audio_buffer.append" -> limits.base64(event.path("audio"), "audio");
            case "conversation.item.truncate" -> {
                limits.range(event.path("content_index"), "content_index", 0, Integer.MAX_VALUE);
                limits.range(event.path("audio_end_ms"), "audio_end_ms", 0, Integer.MAX_VALUE);
            }
            default -> {
                // The other events carry nothing that has a limit.
            }
        }
        return limits.violations;
    }

    static List<String> ofServerEvent(JsonNode event) {
        var limits = new RealtimeLimits();
        limits.eventId(event);
        switch (event.path("type").asText()) {
            case "session.created", "session.updated" -> limits.session(event.path("session"));
            case "response.output_audio.delta" -> limits.base64(event.path("delta"), "delta");
            case "response.done" -> limits.usage(event.at("/response/usage"));
            default -> {
                // As above.
            }
        }
        for (var time : List.of("audio_start_ms", "audio_end_ms")) {
            limits.range(event.path(time), time, 0, Integer.MAX_VALUE);
        }
        return limits.violations;
    }

    static List<String> ofSession(JsonNode session) {
        var limits = new RealtimeLimits();
        limits.session(session);
        return limits.violations;
    }

    private void session(JsonNode session) {
        modalities(session);
        maxOutputTokens(session);
        var detection = session.at("/audio/input/turn_detection");
        range(detection.path("idle_timeout_ms"), "idle_timeout_ms", 5_000, 30_000);
        range(detection.path("threshold"), "threshold", 0, 1);
        range(detection.path("prefix_padding_ms"), "prefix_padding_ms", 0, Integer.MAX_VALUE);
        range(detection.path("silence_duration_ms"), "silence_duration_ms", 0, Integer.MAX_VALUE);
        range(session.at("/audio/output/speed"), "speed", 0.25, 1.5);
        range(session.at("/truncation/retention_ratio"), "retention_ratio", 0, 1);
    }

    private void response(JsonNode response) {
        modalities(response);
        maxOutputTokens(response);
        var metadata = response.path("metadata");
        if (metadata.size() > 16) {
            violations.add("metadata has more than 16 pairs");
        }
        metadata.properties().forEach(pair -> {
            if (pair.getKey().length() > 64
                    || !pair.getValue().isTextual()
                    || pair.getValue().asText().length() > 512) {
                violations.add("metadata." + pair.getKey() + " is no text of at most 512 characters");
            }
        });
        for (var item : response.path("input")) {
            if ("item_reference".equals(item.path("type").asText())
                    && !item.path("id").isTextual()) {
                violations.add("an item_reference has no id");
            }
        }
    }

    private void usage(JsonNode usage) {
        var input = usage.path("input_token_details");
        if (input.path("cached_tokens").asLong() > usage.path("input_tokens").asLong()) {
            violations.add("more cached tokens than input tokens: they are a part of them");
        }
        if (usage.path("input_tokens").asLong() + usage.path("output_tokens").asLong()
                != usage.path("total_tokens").asLong()) {
            violations.add("total_tokens is not the sum of input and output");
        }
    }

    private void modalities(JsonNode owner) {
        var modalities = owner.path("output_modalities");
        if (!modalities.isMissingNode() && modalities.size() != 1) {
            violations.add("output_modalities must be audio or text, one of them");
        }
    }

    private void maxOutputTokens(JsonNode owner) {
        var most = owner.path("max_output_tokens");
        if (most.isTextual() && !most.asText().equals("inf")) {
            violations.add("max_output_tokens is neither a number nor inf");
        }
        range(most, "max_output_tokens", 1, 4_096);
    }

    private void eventId(JsonNode event) {
        if (event.path("event_id").asText().length() > 512) {
            violations.add("event_id is longer than 512 characters");
        }
    }

    private void base64(JsonNode audio, String name) {
        try {
            if (Base64.getDecoder().decode(audio.asText()).length == 0) {
                violations.add(name + " is empty");
            }
        } catch (IllegalArgumentException e) {
            violations.add(name + " is not base64: " + e.getMessage());
        }
    }

    private void range(JsonNode number, String name, double least, double most) {
        if (number.isNumber() && (number.asDouble() < least || number.asDouble() > most)) {
            violations.add(name + " is " + number.asText() + " and must be from " + least + " to " + most);
        }
    }
}
