package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.livestate.LiveKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A call changes its bridge in peace: how one lets go and how the other takes over (F-P6). */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class HandOverIT extends WholeBridge {
    private static final long WITHIN_MS = 60_000;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private List<String> journal() {
        return redis.list(String.class).lrange(LiveKeys.journal(callId), 0, -1);
    }

    private void awaitRecord(RecordKind kind) {
        await(kind.name()).atMost(PATIENCE).until(() -> !gateway.records(kind).isEmpty());
    }

    @Test
    void aCallIsLetGoAtATurnBoundaryAndTakenUpAgainWithoutAGreeting() {
        // Given
        answer();
        awaitGreeted();
        await().atMost(PATIENCE).until(() -> !journal().isEmpty());

        // When
        gateway.handOver(WITHIN_MS);

        // Then: the journal is complete before anybody is told
        awaitRecord(RecordKind.RELEASED);
        assertThat(journal().getLast()).isEqualTo("{\"kind\":\"let-go\",\"answerOwed\":false}");
        assertThat(journal().getFirst()).matches("\\{\"kind\":\"used\",\"toolCalls\":0,\"tokens\":[1-9][0-9]*}");
        assertThat(journal().get(1)).contains("\"kind\":\"assistant\"", "\"interrupted\":false");
        assertThat(gateway.records(RecordKind.RELEASED).getFirst().stamp()).isEqualTo(500);
        assertThat(gateway.records(RecordKind.HANG_UP)).isEmpty();
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        var ends = KafkaTopic.callFacts(kafka, callId, CallFact.ConversationEnded.class);
        assertThat(((CallFact.ConversationEnded) ends.getLast().data()).reason())
                .isEqualTo(EndReason.GIVEN_AWAY);

        // When
        gateway = anotherGateway();
        gateway.prepare(Samples.warm(callId, 1));
        awaitRecord(RecordKind.PREPARED);
        gateway.attach(new LinkControl.Attach(callId, 2, "MZ1", 1));
        awaitRecord(RecordKind.READY);
        hear("hello");

        // Then: the answer to the caller is all that is said
        awaitHeard(lengthMs("happy-to-help") - 40);
        assertThat(tap.sentInLastSession(callId)).anyMatch(event -> event.contains("Do not greet again"));
        assertThat(model.sessions(callId.toString()).getLast().audioSentMs()).isEqualTo(lengthMs("happy-to-help"));
    }

    @Test
    void whoStandsReadyReadsTheJournalWhenTheCallerComesAndAnswersWhatIsOwed() {
        // Given: another bridge serves the call
        gateway.prepare(Samples.warm(callId, 1));
        awaitRecord(RecordKind.PREPARED);
        assertThat(tap.sentInLastSession(callId)).isEmpty();

        // When: that one has written its last words
        redis.list(String.class)
                .rpush(
                        LiveKeys.journal(callId),
                        "{\"kind\":\"caller\",\"itemId\":\"u1\",\"text\":\"What time is it?\"}",
                        "{\"kind\":\"assistant\",\"itemId\":\"i1\",\"text\":\"It is\",\"heardMs\":400,\"interrupted\":true}",
                        "{\"kind\":\"let-go\",\"answerOwed\":true}");
        gateway.attach(new LinkControl.Attach(callId, 5, "MZ1", 1));
        awaitRecord(RecordKind.READY);

        // Then
        await().atMost(PATIENCE)
                .until(() -> tap.sentInLastSession(callId).stream()
                        .anyMatch(event -> event.contains("\"type\":\"response.create\"")));
        var told = tap.sentInLastSession(callId);
        assertThat(told.getFirst()).contains("\"role\":\"user\"", "What time is it?");
        assertThat(told.get(1)).contains("\"role\":\"assistant\"", "It is …");
        assertThat(told.get(2)).contains("Do not greet again");
        assertThat(gateway.records(RecordKind.READY).getFirst().text()).isEqualTo("{\"epoch\":5,\"goesOn\":false}");
    }

    @Test
    void inMidTurnTheCallerHearsTheSpeechStopAndTheJournalTellsHowFarItCame() {
        // Given
        answer();
        awaitGreeted();
        hear("opening-hours");
        awaitHeard(lengthMs("greeting") + 1_000);
        gateway.atPeoplesPace();

        // When
        gateway.handOver(0);

        // Then
        awaitRecord(RecordKind.RELEASED);
        assertThat(gateway.records(RecordKind.CLEAR)).hasSize(1);
        // What the caller asked may have been written down after it.
        assertThat(journal())
                .filteredOn(entry -> entry.contains("\"kind\":\"assistant\""))
                .last()
                .asString()
                .contains("\"interrupted\":true");
        assertThat(journal().getLast()).isEqualTo("{\"kind\":\"let-go\",\"answerOwed\":true}");
    }

    @Test
    void aToolThatADeadBridgeHadBegunIsRunByTheOneThatTakesOver() {
        // F-P1. Given
        redis.list(String.class)
                .rpush(
                        LiveKeys.journal(callId),
                        "{\"kind\":\"caller\",\"itemId\":\"u1\",\"text\":\"What time is it?\"}",
                        "{\"kind\":\"tool-begun\",\"toolCallId\":\"call_x\",\"tool\":\"get_current_time\",\"arguments\":\"{}\"}");

        // When
        gateway.prepare(Samples.prepare(callId, 5, true));
        gateway.attach(new LinkControl.Attach(callId, 5, "MZ1", 1));

        // Then: the model is told the call with its answer, and asked to go on once it has it
        await().atMost(PATIENCE)
                .until(() -> tap.sentInLastSession(callId).stream()
                        .anyMatch(event -> event.contains("\"type\":\"response.create\"")));
        var told = tap.sentInLastSession(callId);
        assertThat(told)
                .anyMatch(event -> event.contains("\"type\":\"function_call\"") && event.contains("call_x"))
                .anyMatch(event -> event.contains("\"type\":\"function_call_output\"") && event.contains("timezone"));
        await().atMost(PATIENCE).until(() -> journal().stream().anyMatch(entry -> entry.contains("\"kind\":\"tool\"")));
        assertThat(told.stream().filter(event -> event.contains("function_call_output")))
                .hasSize(1);
    }

    @Test
    void anOrderThatIsTakenBackLeavesNoModelSession() {
        // I7. Given
        gateway.prepare(Samples.warm(callId, 1));
        awaitRecord(RecordKind.PREPARED);

        // When
        gateway.withdraw();

        // Then
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        await().atMost(PATIENCE).until(() -> calls.reserved() == 0);
        gateway.attach(new LinkControl.Attach(callId, 2, "MZ1", 1));
        awaitRecord(RecordKind.REFUSED);
    }

    @Test
    void whoStandsReadyNoLongerSaysSo() {
        // Given
        gateway.prepare(Samples.warm(callId, 1));
        awaitRecord(RecordKind.PREPARED);
        var first = gateway;

        // When: what stood ready ends, here because a later owner orders another
        gateway = anotherGateway();
        gateway.prepare(Samples.warm(callId, 2));
        awaitRecord(RecordKind.PREPARED);

        // Then: whoever counts on it can order elsewhere
        await().atMost(PATIENCE).until(() -> !first.records(RecordKind.REFUSED).isEmpty());
        assertThat(first.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"unknown-call\"}");
        gateway.withdraw();
        await().atMost(PATIENCE).until(() -> calls.reserved() == 0);
        assertThat(gateway.records(RecordKind.REFUSED)).isEmpty();
    }

    @Test
    void whoCannotGetAModelSessionRefusesToStandReady() {
        // Given
        model.refuseNextHandshakes(50, 401, -1);

        // When
        gateway.prepare(Samples.warm(callId, 1));

        // Then
        awaitRecord(RecordKind.REFUSED);
        model.refuseNextHandshakes(0, 401, -1);
        assertThat(gateway.records(RecordKind.REFUSED).getFirst().text())
                .isEqualTo("{\"reason\":\"model-unavailable\"}");
        assertThat(gateway.records(RecordKind.PREPARED)).isEmpty();
        await().atMost(PATIENCE).until(() -> calls.reserved() == 0);
    }
}
