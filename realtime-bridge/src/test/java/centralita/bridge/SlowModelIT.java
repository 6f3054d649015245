package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.RecordKind;
import centralita.simulators.model.scenario.Scenarios;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The model takes its time (F-O3). */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class SlowModelIT extends WholeBridge {
    @Test
    void anAnswerThatTakesFourSecondsIsWaitedForWithASound() {
        // Given
        model.nextSession(Scenarios.parse("slower", """
                like: receptionist
                faults:
                  - {do: slow, turn: 2, ms: 4000}
                """));
        answer();
        awaitGreeted();
        // On a busy machine the greeting may have been late as well.
        var before = gateway.records(RecordKind.FILLER).size();

        // When
        hear("hello");

        // Then
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
        assertThat(gateway.records(RecordKind.FILLER)).hasSize(before + 1);
        assertThat(gateway.records(RecordKind.HANG_UP)).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeInEightSecondsEndsTheModelsPart() {
        // Given
        model.nextSession(Scenarios.named("very-slow"));
        answer();
        awaitGreeted();
        // On a busy machine the greeting may have been late as well.
        var before = gateway.records(RecordKind.FILLER).size();

        // When
        hear("hello");

        // Then
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.HANG_UP).isEmpty());
        assertThat(gateway.records(RecordKind.FILLER)).hasSize(before + 1);
        assertThat(gateway.records(RecordKind.HANG_UP).getFirst().text()).contains("MODEL_UNAVAILABLE");
    }
}
