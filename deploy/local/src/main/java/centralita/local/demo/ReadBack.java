package centralita.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the services answer about a call, in a few lines. Fields that are absent are left out. */
final class ReadBack {
    private ReadBack() {}

    /** @param body of {@code GET /calls/{callId}} */
    static List<String> call(JsonNode body) {
        var lines = new ArrayList<String>();
        var call = body.path("call");
        lines.add("   GET /calls/%s → %s, %s, %.1f s"
                .formatted(
                        call.path("callId").asText(),
                        call.path("state").asText(),
                        call.path("outcome").asText("no outcome"),
                        call.path("talkTimeMs").asLong() / 1000.0));
        lines.add("   %d moments, %d turns, %d tool calls, %d pieces of transcript"
                .formatted(
                        body.path("timeline").size(),
                        body.path("turns").size(),
                        body.path("tools").size(),
                        body.path("transcript").path("said").size()));
        for (var turn : body.path("turns")) {
            lines.add("   turn %d (%s): first audio after %s, heard %.1f s of %.1f s%s"
                    .formatted(
                            turn.path("turn").asInt(),
                            turn.path("trigger").asText(),
                            turn.hasNonNull("firstAudioMs")
                                    ? turn.path("firstAudioMs").asLong() + " ms"
                                    : "–",
                            turn.path("heardMs").asLong() / 1000.0,
                            turn.path("audioMs").asLong() / 1000.0,
                            turn.path("interrupted").asBoolean() ? ", interrupted" : ""));
        }
        return lines;
    }

    /** @param body of {@code GET /analytics/calls/{callId}} */
    static List<String> facts(JsonNode body) {
        var lines = new ArrayList<String>();
        for (var total : body.path("cost").path("totals")) {
            lines.add("   GET /analytics/calls/%s → cost %s"
                    .formatted(body.path("callId").asText(), money(total)));
        }
        for (var line : body.path("cost").path("lines")) {
            lines.add("   %s %s: %s"
                    .formatted(line.path("kind").asText(), line.path("item").asText(), money(line.path("amount"))));
        }
        return lines;
    }

    private static String money(JsonNode money) {
        return money.path("amount").asText() + " " + money.path("currency").asText();
    }
}
