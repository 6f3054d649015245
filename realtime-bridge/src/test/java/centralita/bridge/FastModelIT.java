package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.RecordKind;
import centralita.simulators.model.scenario.Scenarios;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** The model says twenty minutes at once, and the gateway does not keep up (F-O7). */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class FastModelIT extends WholeBridge {
    private static final int REPETITIONS = 100;
    private static final int ALLOWED_BYTES = 2 * 1024 * 1024;
    /** Twice this is never reached if reading stops in time; nothing near it would prove nothing. */
    private static final int FELT_BYTES = 512 * 1024;

    @Inject
    MeterRegistry meters;

    private double waitingBytes() {
        return meters.get("centralita.links.waiting").gauge().value();
    }

    @Test
    void whatWaitsForTheGatewayIsBoundedAndTheCallersWordStopsItAll() {
        // Given
        model.nextSession(
                Scenarios.parse("twenty-minutes", """
                like: receptionist
                speed: 100000
                rules:
                  - on: hello
                    say: %s
                """.formatted(Collections.nCopies(REPETITIONS, "long-answer"))));
        answer();
        awaitGreeted();
        gateway.stopReading();

        // When
        hear("hello");

        // Then
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().audioSentMs()
                        >= (long) REPETITIONS * lengthMs("long-answer"));
        await().atMost(PATIENCE).until(() -> waitingBytes() >= FELT_BYTES);
        await().atMost(PATIENCE).during(Duration.ofSeconds(3)).until(() -> waitingBytes() <= ALLOWED_BYTES);

        // When
        gateway.readAgain();
        awaitHeard(lengthMs("greeting") + 1_000);
        hear("stop-wait");

        // Then
        await().atMost(PATIENCE).until(() -> !gateway.records(RecordKind.CLEAR).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().items().stream()
                        .anyMatch(item -> item.truncatedAtMs() != null));
        var cleared = gateway.cleared().getFirst();
        assertThat(model.sessions(callId.toString()).getFirst().items())
                .filteredOn(item -> item.truncatedAtMs() != null)
                .singleElement()
                .satisfies(item -> assertThat(item.truncatedAtMs()).isEqualTo((int) cleared.heardMs()));
        awaitHeard(lengthMs("greeting") + cleared.heardMs() + lengthMs("stopping") - 40);
        assertThat(gateway.playedAfterClearMs(cleared.item())).isZero();
    }
}
