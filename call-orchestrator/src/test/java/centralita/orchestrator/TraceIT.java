package centralita.orchestrator;

import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallFact;
import centralita.contracts.id.UuidV7;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** An event is a span of its call's trace. */
@QuarkusTest
class TraceIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PRODUCER = "00f067aa0ba902b7";

    @Inject
    SeenSpans spans;

    @Test
    void whatAnEventDoesIsPartOfItsCallsTrace() throws Exception {
        var told = Events.call(UuidV7.next(), Instant.now(), new CallFact.Answered("CA1"));
        var record = new ProducerRecord<>(
                told.topic(), told.callId().toString(), told.json().getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add("traceparent", ("00-" + TRACE + "-" + PRODUCER + "-01").getBytes(StandardCharsets.US_ASCII));

        try (var producer = Events.producer()) {
            producer.send(record).get();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> Assertions.assertThat(spans.of(TRACE)).anySatisfy(span -> {
                    Assertions.assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
                    Assertions.assertThat(span.getParentSpanId()).isEqualTo(PRODUCER);
                }));
    }
}
