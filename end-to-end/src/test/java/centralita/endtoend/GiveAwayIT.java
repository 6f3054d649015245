package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.caller.CallerScript;
import centralita.simulators.caller.ScriptVerdict;
import centralita.simulators.speech.Clips;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** F-P6: a bridge is taken out of service under people who talk. */
@ExtendWith(SuiteExtension.class)
class GiveAwayIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CALLERS = 5;
    private static final String CONVERSATION = """
            # Talks for a while, in short turns.
            call +15005550006 from +1415555####
            language en

            hear greeting within 30s
            wait for silence 600ms
            say hello
            hear happy-to-help within 30s
            wait for silence 600ms
            say what-time
            hear let-me-look within 30s
            hear hours-and within 30s
            wait for silence 600ms
            say hello
            hear happy-to-help within 30s
            wait for silence 600ms
            say thank-you-goodbye
            hear goodbye within 30s
            expect ended by assistant within 30s
            """;

    private final RunningSuite running;
    private final RestOfSuite rest;
    private final HttpClient http = HttpClient.newHttpClient();

    GiveAwayIT(RunningSuite running) {
        this.running = running;
        this.rest = new RestOfSuite(running);
    }

    @Test
    void aBridgeThatStopsGivesItsCallsAwayAndNobodyIsCutOrGreetedTwice() throws Exception {
        // Given
        var movedBefore = moved();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calling = threads.submit((Callable<ScriptVerdict>)
                    () -> Callers.phone(running, CallerScript.parse("give-away.call", CONVERSATION), CALLERS));
            await().atMost(SOON)
                    .until(() ->
                            calling.isDone() || active("realtime-bridge-1") + active("realtime-bridge-2") == CALLERS);
            var leaving = active("realtime-bridge-1") > 0 ? "realtime-bridge-1" : "realtime-bridge-2";
            var talking = (int) active(leaving);

            // When
            running.suite().stop(leaving);
            running.suite().restart(leaving);

            // Then: each heard what he had to hear
            var verdict = calling.get();
            assertThat(moved() - movedBefore).isEqualTo(talking);
            var greeting = Clips.recorded().get("en", "greeting").text();
            for (var caller : verdict.callers()) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(rest
                                        .get("/calls/" + caller.callId())
                                        .at("/transcript/said")
                                        .findValuesAsText("text")
                                        .stream()
                                        .filter(greeting::equals))
                                .hasSize(1));
            }
        }
    }

    private double active(String bridge) throws IOException, InterruptedException {
        return meter(bridge, "centralita_calls_active");
    }

    private double moved() throws IOException, InterruptedException {
        return meter("telephony-gateway", "centralita_calls_handovers_total{cause=\"draining\",result=\"moved\"");
    }

    /** @param beginning of the meter's line; 0 when there is none */
    private double meter(String service, String beginning) throws IOException, InterruptedException {
        var page = http.send(
                        HttpRequest.newBuilder(running.suite().service(service).url("/q/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return page.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
