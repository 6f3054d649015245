package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.caller.CallerReport;
import centralita.simulators.caller.CallerReport.ParrotReport;
import centralita.simulators.caller.CallerScript;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SuiteExtension.class)
class ScenariosIT {
    /** Facts and costs are counted after the call, by way of Kafka. */
    private static final Duration SOON = Duration.ofSeconds(60);

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
        Callers.phone(running, CallerScript.named(script));
    }

    @Test
    void aCallCanBeReadBackWithItsTurnsItsTranscriptAndItsCost() throws Exception {
        // When
        CallerReport heard = Callers.phone(running, CallerScript.named("greeting-and-goodbye"));

        // Then
        JsonNode call = settled("/calls/" + heard.callId(), "/call/state", "ENDED");
        assertThat(call.at("/call/outcome").asText()).isEqualTo("COMPLETED");
        assertThat(call.at("/turns").size()).isGreaterThanOrEqualTo(3);
        assertThat(call.at("/timeline").size()).isGreaterThanOrEqualTo(4);
        assertThat(call.at("/transcript/said").size()).isGreaterThanOrEqualTo(3);
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode facts = rest.get("/analytics/calls/" + heard.callId());
            assertThat(new BigDecimal(facts.at("/cost/totals/0/amount").asText("0"))).isPositive();
            assertThat(facts.at("/cost/totals/0/currency").asText()).isEqualTo("USD");
        });
    }

    @Test
    void aToolCallIsInTheCallsRecord() throws Exception {
        // When
        CallerReport heard = Callers.phone(running, CallerScript.named("tool-call"));

        // Then
        JsonNode call = settled("/calls/" + heard.callId(), "/call/state", "ENDED");
        assertThat(call.at("/tools/0/tool").asText()).isEqualTo("get_current_time");
        assertThat(call.at("/tools/0/outcome").asText()).isEqualTo("ok");
    }

    @Test
    void anInterruptedTurnIsInTheCallsRecord() throws Exception {
        // When
        CallerReport heard = Callers.phone(running, CallerScript.named("barge-in"));

        // Then
        JsonNode call = settled("/calls/" + heard.callId(), "/call/state", "ENDED");
        assertThat(call.at("/turns").findValuesAsText("interrupted")).contains("true");
    }

    @Test
    void twoHundredCallersAtOnceHearThemselvesAndNobodyElse() throws Exception {
        // When
        var verdict = Callers.phone(running, CallerScript.named("parrot"), 200);

        // Then
        assertThat(verdict.callers()).hasSize(200).allSatisfy(caller -> {
            ParrotReport parrot = Objects.requireNonNull(caller.parrot());
            assertThat(parrot).isEqualTo(new ParrotReport(parrot.sent(), parrot.sent(), 0, 0, 0, 0));
        });
    }

    private JsonNode settled(String path, String pointer, String value) {
        var last = new AtomicReference<JsonNode>();
        await().atMost(SOON).untilAsserted(() -> {
            last.set(rest.get(path));
            assertThat(last.get().at(pointer).asText()).isEqualToIgnoringCase(value);
        });
        return last.get();
    }
}
