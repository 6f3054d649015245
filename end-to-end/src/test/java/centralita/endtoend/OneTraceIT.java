package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.caller.CallerScript;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteExtension.class)
class OneTraceIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void oneTraceGoesThroughEveryServiceThatACallTouches(RunningSuite running) throws InterruptedException {
        // Given
        Set<String> before = running.collector().tracesThrough(TraceCollector.ON_THE_WAY);

        // When
        Callers.phone(running, CallerScript.named("greeting-and-goodbye"));

        // Then
        await().atMost(LONG).untilAsserted(() -> {
            Set<String> shared = running.collector().tracesThrough(TraceCollector.ON_THE_WAY);
            shared.removeAll(before);
            assertThat(shared)
                    .as("traces with a span of each of " + TraceCollector.ON_THE_WAY)
                    .isNotEmpty();
        });
    }
}
