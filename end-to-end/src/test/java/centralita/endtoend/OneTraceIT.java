package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.caller.CallerScript;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteExtension.class)
class OneTraceIT {
    private static final List<String> ON_THE_WAY =
            List.of("telephony-gateway", "realtime-bridge", "call-orchestrator", "analytics-service");
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void oneTraceGoesThroughEveryServiceThatACallTouches(RunningSuite running) throws InterruptedException {
        // Given
        Set<String> before = everywhere(running.collector());

        // When
        Callers.phone(running, CallerScript.named("greeting-and-goodbye"));

        // Then
        await().atMost(LONG).untilAsserted(() -> {
            Set<String> shared = everywhere(running.collector());
            shared.removeAll(before);
            assertThat(shared).as("traces with a span of each of " + ON_THE_WAY).isNotEmpty();
        });
    }

    private static Set<String> everywhere(TraceCollector collector) {
        Set<String> shared = new TreeSet<>(collector.traceIds(ON_THE_WAY.getFirst()));
        ON_THE_WAY.forEach(service -> shared.retainAll(collector.traceIds(service)));
        return shared;
    }
}
