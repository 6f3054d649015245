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

/** A call changes its bridge: the new one goes on, the old one lets go. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class TakeoverIT extends WholeBridge {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private List<String> journal() {
        return redis.list(String.class).lrange(LiveKeys.journal(callId), 0, -1);
    }

    @Test
    void aBridgeThatTakesOverIsToldWhatWasSaidAndDoneAndDoesNotGreetAgain() {
        // Given: what an earlier bridge knew is in the journal and nowhere else
        answer();
        awaitGreeted();
        hear("what-time");
        await().atMost(PATIENCE).until(() -> {
            var entries = journal();
            return entries.stream().anyMatch(entry -> entry.contains("\"kind\":\"tool\""))
                    && entries.getLast().contains("\"kind\":\"assistant\"")
                    && entries.stream()
                                    .filter(entry -> entry.contains("\"kind\":\"assistant\""))
                                    .count()
                            == 3;
        });
        gateway.detach("stopped");
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);

        // When
        gateway = anotherGateway();
        gateway.prepare(Samples.prepare(callId, 2, true));
        gateway.attach(new LinkControl.Attach(callId, 2, "MZ2", 2));

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        tap.sentInLastSession(callId).stream().anyMatch(event -> event.contains("Do not greet again")));
        var told = tap.sentInLastSession(callId);
        assertThat(told)
                .allMatch(event -> event.contains("\"type\":\"conversation.item.create\""))
                .anyMatch(event -> event.contains("\"role\":\"user\"") && event.contains("What time is it?"));
        assertThat(told.getFirst()).contains("\"role\":\"assistant\"", "you have reached the Centralita demo line");
        assertThat(told.getLast()).contains("\"role\":\"system\"", "Do not greet again");
        var called = told.stream()
                .filter(event -> event.contains("\"type\":\"function_call\""))
                .toList();
        assertThat(called).singleElement().asString().contains("get_current_time");
        assertThat(told.get(told.indexOf(called.getFirst()) + 1))
                .contains("\"type\":\"function_call_output\"", "Europe/Madrid");

        // When
        hear("hello");

        // Then: the answer to the caller is all that the assistant says
        awaitHeard(lengthMs("happy-to-help") - 40);
        var taken = model.sessions(callId.toString()).getLast();
        assertThat(taken.errors()).isEmpty();
        assertThat(taken.audioSentMs()).isEqualTo(lengthMs("happy-to-help"));
        assertThat(tap.sentInLastSession(callId)).noneMatch(event -> event.contains("\"type\":\"response.create\""));
    }

    @Test
    void aSessionThatWaitedWhileAnotherBridgeServedTheCallIsNotUsedAgain() {
        // Given: prepared here before anything was said, then served elsewhere, as the journal tells
        gateway.prepare(Samples.prepare(callId, 1, false));
        await().atMost(PATIENCE).until(() -> model.sessions(callId.toString()).size() == 1);
        redis.list(String.class)
                .rpush(
                        LiveKeys.journal(callId),
                        "{\"kind\":\"caller\",\"itemId\":\"item_1\",\"text\":\"The code word is tangerine.\"}");

        // When
        gateway.prepare(Samples.prepare(callId, 2, true));
        gateway.attach(new LinkControl.Attach(callId, 2, "MZ2", 2));

        // Then
        await().atMost(PATIENCE)
                .until(() -> tap.sentInLastSession(callId).stream()
                        .anyMatch(event -> event.contains("The code word is tangerine.")));
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        gateway.detach("stopped");
    }

    @Test
    void aBridgeThatFindsAHigherEpochInTheJournalLetsGoWithoutAWordToTheCaller() {
        // Given (F-S2, F-P2)
        answer();
        awaitHeard(500);
        redis.hash(String.class).hset(LiveKeys.call(callId), "epoch", "7");
        var written = journal();

        // When
        hear("hello");

        // Then
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        // Nothing came after what the owner before had written.
        assertThat(journal()).isEqualTo(written);
        assertThat(gateway.records(RecordKind.HANG_UP)).isEmpty();
        // A gateway that does not know of the other owner learns that this one is gone.
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
        assertThat(gateway.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"stale-epoch\"}");
        var facts = KafkaTopic.callFacts(kafka, callId, CallFact.ConversationEnded.class);
        assertThat(((CallFact.ConversationEnded) facts.getLast().data()).reason())
                .isEqualTo(EndReason.GIVEN_AWAY);

        // When
        gateway = anotherGateway();
        gateway.attach(new LinkControl.Attach(callId, 1, "MZ2", 2));

        // Then
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
        assertThat(gateway.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"unknown-call\"}");
        redis.key().del(LiveKeys.call(callId));
    }
}
