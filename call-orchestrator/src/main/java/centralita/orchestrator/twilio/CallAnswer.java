package centralita.orchestrator.twilio;

import centralita.contracts.call.Outcome;
import centralita.contracts.json.ContractsJson;
import centralita.orchestrator.reconcile.rules.Finding;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads Twilio's answers about calls: snake case, RFC 2822 dates, numbers as text. Of the parties in it nothing is kept.
 *
 * @see <a href="https://www.twilio.com/docs/voice/api/call-resource">Call resource</a>
 */
final class CallAnswer {
    private static final int UPDATE_OF_A_CALL_THAT_IS_OVER = 21220;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private CallAnswer() {}

    /** @param retryAfter the header, null when there is none */
    static Finding read(int status, @Nullable String retryAfter, Buffer body) {
        if (status == 200) {
            return call(json(body));
        }
        if (status == 404) {
            return new Finding.NotThere();
        }
        if (status == 400 && json(body).path("code").asInt() == UPDATE_OF_A_CALL_THAT_IS_OVER) {
            return new Finding.NotThere();
        }
        return switch (status) {
            case 401, 403 -> new Finding.NoAnswer("refused", null);
            case 429 -> new Finding.NoAnswer("throttled", wait(retryAfter));
            default -> new Finding.NoAnswer(status >= 500 ? "server-error" : "not-understood", wait(retryAfter));
        };
    }

    private static Finding call(JsonNode call) {
        return switch (call.path("status").asText()) {
            case "queued", "ringing", "in-progress" -> new Finding.Alive();
            case "completed" -> over(Outcome.COMPLETED, call);
            case "busy" -> over(Outcome.BUSY, call);
            case "no-answer" -> over(Outcome.NO_ANSWER, call);
            case "failed" -> over(Outcome.FAILED, call);
            case "canceled" -> over(Outcome.CANCELED, call);
            default -> new Finding.NoAnswer("not-understood", null);
        };
    }

    private static Finding over(Outcome outcome, JsonNode call) {
        return new Finding.Over(
                outcome,
                time(call.path("end_time").asText()),
                seconds(call.path("duration").asText()));
    }

    private static @Nullable Instant time(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Duration seconds(String text) {
        return text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    private static @Nullable Duration wait(@Nullable String retryAfter) {
        var seconds = retryAfter == null ? null : seconds(retryAfter.strip());
        if (seconds == null) {
            return null;
        }
        return seconds.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : seconds;
    }

    private static JsonNode json(Buffer body) {
        try {
            return ContractsJson.mapper().readTree(body.getBytes());
        } catch (IOException e) {
            // What is no JSON has no field that anybody asks for.
            return ContractsJson.mapper().missingNode();
        }
    }
}
