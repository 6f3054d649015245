package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.caller.CallerReport;
import centralita.simulators.caller.CallerReport.ParrotReport;
import centralita.simulators.caller.CallerScript;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SuiteExtension.class)
class ScenariosIT {
    /** Facts and costs are counted after the call, by way of Kafka. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final int FRAMES_PER_SECOND = 50;

    private final RunningSuite running;
    private final RestOfSuite rest;

    ScenariosIT(RunningSuite running) {
        this.running = running;
        this.rest = new RestOfSuite(running);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool-call", "barge-in", "silence", "digits", "demo-en", "demo-es"})
    void aCallerHearsWhatHeHasToHear(String script) throws Exception {
        // When, then: the script itself says what must be heard
        Callers.phone(running, patient(script));
    }

    /** On a busy machine a clear is obeyed late. How exact it is otherwise, the stand-ins' own tests tell. */
    private static CallerScript patient(String script) throws IOException {
        return script(script, Map.of("truncated within 40ms", "truncated within 1000ms"));
    }

    private static CallerScript script(String script, Map<String, String> otherWords) throws IOException {
        try (var in = CallerScript.class.getResourceAsStream(script + ".call")) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (var words : otherWords.entrySet()) {
                text = text.replace(words.getKey(), words.getValue());
            }
            return CallerScript.parse(script, text);
        }
    }

    @Test
    void aCallCanBeReadBackWithItsTurnsItsTranscriptAndItsCost() throws Exception {
        // When
        CallerReport heard = Callers.phone(running, CallerScript.named("greeting-and-goodbye"));

        // Then
        // Gateway and bridge tell their parts independently of one another, so each is waited for.
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode call = rest.get("/calls/" + heard.callId());
            assertThat(call.at("/call/state").asText()).isEqualTo("ENDED");
            assertThat(call.at("/call/outcome").asText()).isEqualTo("COMPLETED");
            assertThat(call.at("/turns").size()).isEqualTo(3);
            assertThat(call.at("/transcript/said").size()).isGreaterThanOrEqualTo(5);
        });
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode facts = rest.get("/analytics/calls/" + heard.callId());
            assertThat(new BigDecimal(facts.at("/cost/totals/0/amount").asText("0")))
                    .isPositive();
            assertThat(facts.at("/cost/totals/0/currency").asText()).isEqualTo("USD");
        });
    }

    @Test
    void aToolCallIsInTheCallsRecord() throws Exception {
        // When
        CallerReport heard = Callers.phone(running, CallerScript.named("tool-call"));

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode call = rest.get("/calls/" + heard.callId());
            assertThat(call.at("/tools").findValuesAsText("tool")).contains("get_current_time");
            assertThat(call.at("/tools").findValuesAsText("outcome")).containsOnly("ok");
        });
    }

    @Test
    void anInterruptedTurnIsInTheCallsRecord() throws Exception {
        // When
        CallerReport heard = Callers.phone(running, patient("barge-in"));

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode call = rest.get("/calls/" + heard.callId());
            assertThat(call.at("/turns").findValuesAsText("interrupted")).contains("true");
        });
    }

    @Test
    void twoHundredCallersAtOnceHearThemselvesAndNobodyElse() throws Exception {
        // Given: the first still talk when the last has come, and all have patience with a machine that does everything
        var script = script("parrot", Map.of("parrot 8s", "parrot 30s", "within 20s", "within 60s"));

        // When
        var verdict = Callers.phone(running, script, 200);

        // Then
        assertThat(verdict.callers()).hasSize(200).allSatisfy(caller -> {
            ParrotReport parrot = Objects.requireNonNull(caller.parrot());
            assertThat(parrot.sent()).isEqualTo(30 * FRAMES_PER_SECOND);
            assertThat(parrot).isEqualTo(new ParrotReport(parrot.sent(), parrot.sent(), 0, 0, 0, 0));
        });
    }
}
