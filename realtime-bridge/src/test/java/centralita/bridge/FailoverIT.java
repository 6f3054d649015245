package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.RecordKind;
import centralita.bridge.breaker.GuardedModels;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first provider gives no session any more; the next one goes on in the middle of the call (F-O1, F-O2). */
@QuarkusTest
@WithTestResource(TwoProviders.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverIT extends WholeBridge {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    TwoProviders.Second second;

    @Inject
    GuardedModels models;

    /** What one test has done to a provider is over before the next one asks it. */
    @AfterEach
    void bothAnswerAgain() {
        model.refuseNextHandshakes(0, 503, -1);
        second.standIn().refuseNextHandshakes(0, 503, -1);
        await().atMost(PATIENCE).until(() -> usable().equals(List.of("openai", "azure")));
    }

    private List<String> usable() {
        var answer = new CompletableFuture<List<String>>();
        loop.soon(() -> answer.complete(models.usable()));
        return answer.join();
    }

    private CallFact.ModelSwitched switched() {
        return (CallFact.ModelSwitched) KafkaTopic.callFacts(kafka, callId, CallFact.ModelSwitched.class)
                .getLast()
                .data();
    }

    /** The second provider remembers what was said to the first one, and has greeted nobody. */
    private void theSecondOneGoesOn() {
        var before = gateway.heardTotalMs();
        hear("what-code-word");
        await().atMost(PATIENCE)
                .until(() -> second.standIn().sessions(callId.toString()).getLast().items().stream()
                        .map(ItemRecord::transcript)
                        .anyMatch(Clips.recorded().get("en", "code-word-was").text()::equals));
        var session = second.standIn().sessions(callId.toString()).getLast();
        assertThat(session.model()).isEqualTo("our-deployment");
        assertThat(session.errors()).isEmpty();
        assertThat(session.receivedEvents()).doesNotContainKey("other");
        awaitHeard(before + 200);
    }

    private void toldTheCodeWord() {
        answer();
        awaitGreeted();
        hear("code-word-is");
        awaitHeard(lengthMs("greeting") + lengthMs("code-word-noted") - 40);
    }

    @ParameterizedTest(name = "status {0}, Retry-After {1}")
    @ValueSource(strings = {"503,-1", "401,-1", "429,6"})
    void aProviderThatRefusesIsLeftForTheNextOneWithTheHistory(String refusal) {
        // Given
        toldTheCodeWord();
        var status = Integer.parseInt(refusal.split(",")[0]);
        model.refuseNextHandshakes(1_000, status, Integer.parseInt(refusal.split(",")[1]));

        // When
        model.dropSessions(callId.toString());

        // Then
        var fact = switched();
        assertThat(fact)
                .isEqualTo(new CallFact.ModelSwitched("failover", "openai", "azure", "our-deployment", fact.gapMs()));
        assertThat(fact.gapMs()).isLessThan(10_000);
        theSecondOneGoesOn();
    }

    /** The last one: that an account is empty is known to all bridges for a while, and would hold in the next test. */
    @Test
    @Order(Integer.MAX_VALUE)
    void anEmptyAccountIsKnownByItsAnswersAndTheNextProviderAnswersTheCaller() {
        // Given: the handshake is fine, and every response fails
        model.nextSession(Scenarios.named("quota"));

        // When
        answer();

        // Then
        awaitGreeted();
        assertThat(model.sessions(callId.toString())).hasSize(1);
        assertThat(second.standIn().sessions(callId.toString())).hasSize(1);
        assertThat(switched().cause()).isEqualTo("failover");
    }

    @Test
    void aProviderThatAnswersNothingIsLeftForTheNextOneBeforeTheCallersPatienceEnds() {
        // Given: the handshake is fine, the session is configured, and of the second response nothing comes
        model.nextSession(Scenarios.parse("silent", """
                like: receptionist
                faults:
                  - {do: stall, turn: 2}
                """));
        answer();
        awaitGreeted();

        // When
        hear("opening-hours");

        // Then
        awaitHeard(lengthMs("greeting") + 200);
        assertThat(model.sessions(callId.toString())).hasSize(1);
        assertThat(second.standIn().sessions(callId.toString())).hasSize(1);
        assertThat(switched().cause()).isEqualTo("failover");
        assertThat(gateway.records(RecordKind.HANG_UP)).isEmpty();
    }

    @Test
    void theSameProviderIsAskedAgainFirst() {
        // Given
        toldTheCodeWord();
        model.refuseNextHandshakes(1, 503, -1);

        // When
        model.closeSessions(callId.toString(), 1012);

        // Then
        assertThat(switched().cause()).isEqualTo("reconnect");
        assertThat(second.standIn().sessions(callId.toString())).isEmpty();
    }

    @Test
    void whenNobodyIsLeftTheCallLeavesTheModelSoonAndSaysWhy() {
        // Given
        answer();
        awaitGreeted();
        model.refuseNextHandshakes(1_000, 503, -1);
        second.standIn().refuseNextHandshakes(1_000, 401, -1);

        // When
        model.dropSessions(callId.toString());

        // Then
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.HANG_UP).isEmpty());
        assertThat(gateway.records(RecordKind.HANG_UP).getFirst().text())
                .contains("\"reason\":\"" + EndReason.MODEL_UNAVAILABLE + "\"");
    }
}
