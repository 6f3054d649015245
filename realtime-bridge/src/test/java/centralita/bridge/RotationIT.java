package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The model's session reaches its limit in the middle of a call, and the caller does not notice (F-O4). */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class RotationIT extends WholeBridge {
    private static final int LIMIT_S = 12;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void aSecondSessionGoesOnAtATurnBoundaryKnowsWhatWasSaidAndGreetsNobody() {
        // Given
        model.nextSession(Scenarios.parse("short-life", """
                like: receptionist
                session-limit-seconds: %d
                """.formatted(LIMIT_S)));
        answer();
        awaitGreeted();
        hear("code-word-is");
        awaitHeard(lengthMs("greeting") + lengthMs("code-word-noted") - 40);

        // When
        var switched = KafkaTopic.callFacts(kafka, callId, CallFact.ModelSwitched.class)
                .getLast();

        // Then: long before the limit, and nobody had to wait
        assertThat(switched.data()).isInstanceOfSatisfying(CallFact.ModelSwitched.class, fact -> {
            assertThat(fact.gapMs()).isBetween(0L, 149L);
            assertThat(fact)
                    .isEqualTo(new CallFact.ModelSwitched(
                            "rotation", "openai", "openai", "gpt-realtime-2.1", fact.gapMs()));
        });
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closeCode() != null);
        assertThat(model.sessions(callId.toString())).hasSize(2);
        assertThat(model.sessions(callId.toString()).getFirst().closeCode()).isEqualTo(1000);
        assertThat(model.sessions(callId.toString()).getFirst().errors()).isEmpty();

        // When
        hear("what-code-word");

        // Then: the answer is all that the second session says
        var second = model.sessions(callId.toString()).getLast();
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getLast().audioSentMs() > 0);
        awaitHeard(lengthMs("greeting")
                + lengthMs("code-word-noted")
                + model.sessions(callId.toString()).getLast().audioSentMs()
                - 40);
        assertThat(second.errors()).isEmpty();
        assertThat(tap.sentInLastSession(callId))
                .noneMatch(event -> event.contains("\"type\":\"response.create\""))
                .filteredOn(event -> event.contains("Do not greet again"))
                .hasSize(1);
        // The last words of a text may come after its audio.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(model.sessions(callId.toString()).getLast().items().stream()
                                .filter(item -> item.role().equals("assistant"))
                                .map(ItemRecord::transcript))
                        .hasSize(3)
                        .last()
                        .isEqualTo(Clips.recorded().get("en", "code-word-was").text()));
        assertThat(gateway.records(RecordKind.CLEAR)).isEmpty();
    }

    @Test
    void aSecondSessionThatCannotBeHadAtOnceIsTriedAgain() {
        // Given
        model.nextSession(Scenarios.parse("short-life", """
                like: receptionist
                session-limit-seconds: %d
                """.formatted(LIMIT_S)));
        answer();
        awaitGreeted();
        model.refuseNextHandshakes(2, 503, -1);

        // When
        var switched = KafkaTopic.callFacts(kafka, callId, CallFact.ModelSwitched.class)
                .getLast();

        // Then
        assertThat(((CallFact.ModelSwitched) switched.data()).cause()).isEqualTo("rotation");
        assertThat(model.sessions(callId.toString())).hasSize(2);
        hear("hello");
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
    }
}
