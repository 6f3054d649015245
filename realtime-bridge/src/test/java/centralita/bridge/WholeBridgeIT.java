package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.id.UuidV7;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveKeys;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole bridge between a gateway's end of the link and a model that speaks the real protocol, over real sockets. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class WholeBridgeIT extends WholeBridge {
    @Test
    void aCallIsGreetedAnsweredAndSaysGoodbye() {
        // When
        answer();
        awaitGreeted();
        hear("thank-you-goodbye");

        // Then
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.HANG_UP).isEmpty());
        assertThat(gateway.records(RecordKind.READY)).hasSize(1);
        assertThat(gateway.records(RecordKind.HANG_UP).getFirst().text())
                .isEqualTo("{\"reason\":\"ASSISTANT_HUNG_UP\",\"afterPlayout\":true}");
        awaitHeard(lengthMs("greeting") + lengthMs("goodbye") - 40);

        // When
        gateway.detach("stopped");

        // Then: no model session outlives its call (I7)
        await().atMost(PATIENCE)
                .until(() ->
                        model.sessions(callId.toString()).stream().allMatch(session -> session.closedAt() != null));
        var session = model.sessions(callId.toString()).getFirst();
        assertThat(session.closeCode()).isEqualTo(1000);
        assertThat(session.errors()).isEmpty();
    }

    @Test
    void aToolIsCalledAndItsAnswerSpoken() {
        // Given
        answer();
        awaitGreeted();

        // When
        hear("what-time");

        // Then
        await().atMost(PATIENCE)
                .until(() -> tap.sent(callId, "conversation.item.create").stream()
                        .anyMatch(event -> event.contains("function_call_output") && event.contains("Europe/Madrid")));
        awaitHeard(lengthMs("greeting") + lengthMs("let-me-look") + 500);
        gateway.detach("stopped");
    }

    @Test
    void aCallerWhoInterruptsTruncatesTheModelsMemoryToWhatHeHeard() {
        // Given
        answer();
        awaitGreeted();
        hear("opening-hours");
        awaitHeard(lengthMs("greeting") + 1_000);
        gateway.atPeoplesPace();

        // When
        hear("stop-wait");

        // Then
        await().atMost(PATIENCE).until(() -> !gateway.records(RecordKind.CLEAR).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> !tap.sent(callId, "conversation.item.truncate").isEmpty());
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().items().stream()
                        .anyMatch(item -> item.truncatedAtMs() != null));
        var truncated = model.sessions(callId.toString()).getFirst().items().stream()
                .filter(item -> item.truncatedAtMs() != null)
                .toList();
        assertThat(truncated).hasSize(1);
        assertThat(truncated.getFirst().truncatedAtMs()).isBetween(1_000, lengthMs("long-answer"));
        assertThat(model.sessions(callId.toString()).getFirst().errors()).isEmpty();
        gateway.detach("stopped");
    }

    @Test
    void aCallerWhoseFramesStopInMidSpeechIsAnswered() {
        // Given
        answer();
        awaitGreeted();

        // When: not even silence comes behind the last word
        hear("hello");
        gateway.stallAfterSpeech();

        // Then: the bridge makes the silence in which the model finds the end of the speech
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
        gateway.detach("stopped");
    }

    @Test
    void aCallGoesOnWhenTheModelsSocketBreaks() {
        // Given
        answer();
        awaitGreeted();

        // When
        model.closeSessions(callId.toString(), 1011);

        // Then
        await().atMost(PATIENCE).until(() -> model.sessions(callId.toString()).size() == 2);
        await().atMost(PATIENCE)
                .until(() -> tap.sent(callId, "conversation.item.create").stream()
                        .anyMatch(event -> event.contains("Do not greet again")));
        var before = gateway.heardTotalMs();
        hear("hello");
        awaitHeard(before + 300);
        gateway.detach("stopped");
    }

    @Test
    void fiftyCallsOfAFunctionInOneTurnAreAllAnsweredAndMostAreRefused() {
        // Given (F-O8)
        model.nextSession(Scenarios.named("many-calls"));
        answer();
        awaitGreeted();

        // When
        hear("what-time");

        // Then
        await().atMost(PATIENCE)
                .until(() -> tap.sent(callId, "conversation.item.create").stream()
                        .anyMatch(event -> event.contains("too_many_calls")));
        gateway.detach("stopped");
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        assertThat(model.sessions(callId.toString()).getFirst().errors()).isEmpty();
    }

    @Test
    void keysAreToldToTheModel() {
        // Given
        answer();
        awaitGreeted();

        // When
        gateway.press("12#");

        // Then
        await().atMost(PATIENCE)
                .until(() -> tap.sent(callId, "conversation.item.create").stream()
                        .anyMatch(event -> event.contains("keys on the telephone: 12#")));
        gateway.detach("stopped");
    }

    @ParameterizedTest(name = "F-O5, F-O6 {0}")
    @ValueSource(strings = {"garbage", "unknown-events", "huge-frames", "no-usage"})
    void whateverTheModelSendsTheCallGoesOn(String scenario) {
        // Given
        model.nextSession(Scenarios.named(scenario));

        // When
        answer();
        awaitGreeted();
        hear("hello");

        // Then
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
        gateway.detach("stopped");
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        assertThat(model.sessions(callId.toString())).hasSize(1);
    }

    @Test
    void whatWasSaidIsInTheJournalAsItWasHeardAndTheBridgeIsInThePool() {
        // Given
        answer();
        awaitGreeted();

        // Then
        var greeting = Clips.recorded().get("en", "greeting").text();
        await().atMost(PATIENCE)
                .until(() -> redis.list(String.class).lrange(LiveKeys.journal(callId), 0, -1).stream()
                        .anyMatch(entry -> entry.contains("\"kind\":\"assistant\"") && entry.contains(greeting)));
        assertThat(redis.set(String.class).smembers(LiveKeys.BRIDGES)).contains("bridge-under-test");
        assertThat(entry().address()).isEqualTo("ws://127.0.0.1:" + http.getPort());
        assertThat(entry().capacity()).isEqualTo(500);
        gateway.detach("stopped");
    }

    @Test
    void aCallThatEndsWhileItReconnectsLeavesNoSession() {
        // F-O10. Given
        answer();
        awaitHeard(200);
        model.refuseNextHandshakes(2, 503, -1);
        model.closeSessions(callId.toString(), 1011);

        // When
        gateway.detach("stopped");

        // Then: the next call's session is the next that is opened
        await().atMost(PATIENCE).until(() -> calls.active() == 0);
        model.refuseNextHandshakes(0, 503, -1);
        var next = anotherGateway();
        var nextCall = UuidV7.next();
        next.prepare(Samples.prepare(nextCall, 1));
        await().atMost(PATIENCE)
                .until(() -> !model.sessions(nextCall.toString()).isEmpty());
        await().atMost(PATIENCE)
                .until(() ->
                        model.sessions(callId.toString()).stream().allMatch(session -> session.closedAt() != null));
    }

    @Test
    void aPreparedCallWhoseCallerNeverComesIsLetGoAndCountedNoMore() {
        // Given (F-O10)
        gateway.prepare(Samples.prepare(callId, 1));
        await().atMost(PATIENCE).until(() -> !model.sessions(callId.toString()).isEmpty());
        await().atMost(PATIENCE).until(() -> entry().reserved() == 1);

        // Then
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        assertThat(model.sessions(callId.toString()).getFirst().closeCode()).isEqualTo(1000);
        await().atMost(PATIENCE).until(() -> entry().reserved() == 0 && entry().active() == 0);
    }

    @Test
    void aCallWhoseLinkBreaksWaitsForItsNextStreamAndGoesOnWithTheSameSession() {
        // Given
        answer();
        awaitGreeted();
        gateway.breakLink();

        // When, then
        itsCallWaitsAndGoesOnFromAnotherGateway();
    }

    private void itsCallWaitsAndGoesOnFromAnotherGateway() {
        await().atMost(PATIENCE).until(() -> calls.reserved() == 1 && calls.active() == 0);
        gateway = anotherGateway();
        gateway.attach(new LinkControl.Attach(callId, 1, "MZ2", 2));
        hear("hello");
        awaitHeard(lengthMs("happy-to-help") - 40);
        assertThat(calls.active()).isEqualTo(1);
        assertThat(model.sessions(callId.toString())).hasSize(1);
    }

    /** F-R7: its host is gone, and no TCP tells of it. */
    @Test
    void aGatewayOfWhichNothingIsHeardIsGoneAndItsCallWaitsForAnother() {
        // Given
        answer();
        awaitGreeted();

        // When
        gateway.fallSilent();

        // Then
        itsCallWaitsAndGoesOnFromAnotherGateway();
    }

    @Test
    void whenTheProcessStopsNobodyIsHungUpOn() {
        // Given
        answer();
        awaitGreeted();

        // When
        loop.soon(calls::letGoOfAll);

        // Then: the model session is closed, and the gateway finds another bridge
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        await().atMost(PATIENCE)
                .until(() -> model.sessions(callId.toString()).getFirst().closedAt() != null);
        assertThat(gateway.records(RecordKind.HANG_UP)).isEmpty();
    }

    private BridgeEntry entry() {
        return BridgeEntry.of(
                "bridge-under-test", redis.hash(String.class).hgetall(LiveKeys.bridge("bridge-under-test")));
    }

    @Test
    void anAttachOfAnUnknownCallIsRefused() {
        // When
        gateway.attach(new LinkControl.Attach(callId, 1, "MZ1", 1));

        // Then
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
        assertThat(gateway.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"unknown-call\"}");
        assertThat(gateway.records(RecordKind.READY)).isEmpty();
    }

    @Test
    void aLowerEpochIsRefused() {
        // Given
        gateway.prepare(Samples.prepare(callId, 7));

        // When
        gateway.attach(new LinkControl.Attach(callId, 6, "MZ1", 1));

        // Then
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
        assertThat(gateway.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"stale-epoch\"}");
        assertThat(gateway.records(RecordKind.READY)).isEmpty();
    }

    @Test
    void aCutBatchClosesTheLink() {
        // When
        gateway.raw(new byte[] {1, 2, 3});

        // Then
        await().atMost(PATIENCE).until(gateway::closed);
    }
}
