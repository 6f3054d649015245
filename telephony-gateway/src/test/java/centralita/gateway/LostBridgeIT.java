package centralita.gateway;

import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-P1, F-P2: a bridge that dies, freezes or refuses loses its calls to another one. */
@QuarkusTest
class LostBridgeIT extends RunningGateway {
    @Test
    void anotherBridgeTakesOverWithAHigherEpochAndHearsWhatWasSaidMeanwhile() {
        // Given: F-P1
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, callId).session();
        bridge.send(session, 1, RecordKind.PLAY, audio(800, 7));
        stream.awaitBytes(800);
        stream.media(audio(160, 1));
        bridge.await(RecordKind.CALLER_AUDIO, session, 1);

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.close();
            stream.media(audio(160, 2));

            // Then
            var prepare = other.await(RecordKind.PREPARE, callId).as(LinkControl.Prepare.class);
            assertThat(prepare.resume()).isTrue();
            assertThat(prepare.epoch()).isGreaterThan(1);
            var attach = other.await(RecordKind.ATTACH, callId);
            assertThat(attach.as(LinkControl.Attach.class).epoch()).isEqualTo(prepare.epoch());
            var replayed = other.await(RecordKind.CALLER_AUDIO, attach.session(), 2);
            assertThat(replayed.get(0).body()).isEqualTo(audio(160, 1));
            assertThat(replayed.get(1).body()).isEqualTo(audio(160, 2));
            assertThat(redis.hash(String.class).hget(LiveKeys.call(callId), "epoch"))
                    .isEqualTo(Long.toString(prepare.epoch()));
            stream.stop(callSid);
            events.awaitEnd(callId);
        }
    }

    @Test
    void aBridgeThatDiesBeforeItsFirstSoundLeavesTheGreetingToTheNext() {
        // Given: it is ready, and the caller has heard nothing
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var stream = provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, callId);

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.close();

            // Then
            assertThat(other.await(RecordKind.PREPARE, callId)
                            .as(LinkControl.Prepare.class)
                            .resume())
                    .isFalse();
            stream.stop(callSid);
            events.awaitEnd(callId);
        }
    }

    @Test
    void theOnlyBridgeGetsItsCallBackWhenItLivesAgainAndNotBefore() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var stream = provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, callId);
        var epoch = redis.hash(String.class).hget(LiveKeys.call(callId), "epoch");

        // When: its entry is still in the pool
        bridge.die();

        // Then
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .until(() -> redis.hash(String.class).hget(LiveKeys.call(callId), "epoch"), epoch::equals);
        try (var again = ScriptedBridge.start(bridgeId, redis)) {
            again.await(RecordKind.ATTACH, callId);
            stream.stop(callSid);
            events.awaitEnd(callId);
        }
    }

    /** Nothing rings after the call was answered, and to find another bridge may take 10 s. */
    @Test
    void aCallerWhoseFirstBridgeNeverAnswersHearsThatSomebodyWorksOnIt() {
        // Given: F-P2: it froze between its order and the stream, and there is no other
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        bridge.await(RecordKind.PREPARE, answer.callId());
        bridge.freeze();

        // When
        var stream = provider.open(answer.streamUrl()).start(callSid);

        // Then
        stream.awaitBytes(800);
        stream.stop(callSid);
        events.awaitEnd(answer.callId());
        bridge.thaw();
    }

    @Test
    void whatWasSentToABridgeThatNeverAnsweredIsHeardByTheNext() {
        // Given: F-P2: it froze between its order and the stream
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        bridge.await(RecordKind.PREPARE, answer.callId());
        bridge.freeze();

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            var stream = provider.open(answer.streamUrl()).start(callSid);
            stream.media(audio(160, 1));
            stream.media(audio(160, 2));

            // Then
            var attach = other.await(RecordKind.ATTACH, answer.callId());
            var replayed = other.await(RecordKind.CALLER_AUDIO, attach.session(), 2);
            assertThat(replayed.get(0).body()).isEqualTo(audio(160, 1));
            assertThat(replayed.get(1).body()).isEqualTo(audio(160, 2));
            stream.stop(callSid);
            events.awaitEnd(answer.callId());
            bridge.thaw();
        }
    }

    @Test
    void aFrozenBridgeIsTakenForDeadAndNobodyListensToItWhenItIsBack() {
        // Given: F-P2
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.freeze();

            // Then
            var attach = other.await(RecordKind.ATTACH, answer.callId());

            // When: the zombie speaks, and wants to end the call
            bridge.sendLate(session, 1, RecordKind.PLAY, audio(1600, 9));
            bridge.sendLate(
                    session,
                    0,
                    RecordKind.HANG_UP,
                    "{\"reason\":\"ENDED_BY_REQUEST\",\"afterPlayout\":false}".getBytes());
            bridge.thaw();
            other.send(attach.session(), 1, RecordKind.PLAY, audio(800, 3));

            // Then: the caller hears the new one only
            stream.awaitBytes(800);
            other.send(attach.session(), 2, RecordKind.PLAY, audio(800, 4));
            stream.awaitBytes(1600);
            assertThat(stream.heard()).doesNotContain(9);
            assertThat(stream.closed()).isFalse();
            stream.stop(callSid);
            events.awaitEnd(answer.callId());
        }
    }

    @Test
    void aBridgeThatRefusesLosesTheCallToAnother() {
        // Given
        bridge.refuseAll("full");
        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();
            other.load(90);

            // When: the first has less load, so sooner or later it is asked first
            var calls = java.util.stream.IntStream.range(0, 5)
                    .mapToObj(_ -> provider.post("/webhook/twilio", Provider.fields(newCall()))
                            .callId())
                    .toList();

            // Then
            calls.forEach(callId -> other.await(RecordKind.PREPARE, callId));
        }
    }

    @Test
    void aBridgeThatWasStartedAgainAtItsOldAddressIsDialledAtOnce() {
        // Given: F-P1, a process that nobody comes to terms with, and others after it at its address
        try (var unreachable = ScriptedBridge.startImpostor("unreachable-" + UUID.randomUUID(), redis)) {
            // When, then: pauses that double every time would take 15 s and more for so many
            Awaitility.await()
                    .atMost(Duration.ofSeconds(12))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        unreachable.startAgain("unreachable-" + UUID.randomUUID());
                        return unreachable.visitors() >= 12;
                    });
        }
    }

    @Test
    void ofTwoEntriesWithOneAddressTheOneOfTheProcessThatLivesCounts() {
        // Given
        var again = "again-" + UUID.randomUUID();

        // When: the entry of the process before stays until it lapses
        bridge.startAgain(again);

        // Then
        Awaitility.await()
                .until(() -> !redis.hash(String.class)
                        .hget(LiveKeys.call(received()), "bridgeId")
                        .equals(bridgeId));
        for (var i = 0; i < 5; i++) {
            assertThat(redis.hash(String.class).hget(LiveKeys.call(received()), "bridgeId"))
                    .isEqualTo(again);
        }
    }

    private UUID received() {
        return provider.post("/webhook/twilio", Provider.fields(newCall())).callId();
    }
}
