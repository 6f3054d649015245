package centralita.gateway;

import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.ProviderStream;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bridge asks to be relieved of a call: another stands ready, the first lets go, the caller goes over (F-P6). */
@QuarkusTest
class HandOverIT {
    private static final byte[] NOTHING = new byte[0];

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    private Provider provider;
    private ScriptedBridge old;
    private ScriptedBridge other;
    private Call call;

    private record Call(String callSid, UUID callId, ProviderStream stream, int session) {}

    @BeforeEach
    void begin() {
        provider = Provider.here();
        Assistants.answerAllCalls(redis);
        old = ScriptedBridge.start("old-" + UUID.randomUUID(), redis);
        old.awaitLink();
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = old.await(RecordKind.ATTACH, answer.callId()).session();
        call = new Call(callSid, answer.callId(), stream, session);
        other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis);
        other.awaitLink();
    }

    @AfterEach
    void end() {
        try {
            provider.hangUp(call.callSid);
            events.awaitEnd(call.callId);
        } finally {
            other.close();
            old.close();
            provider.close();
        }
    }

    @Test
    void theCallerGoesOverWithOnlyWhatHeSaidSinceTheRelease() {
        // Given
        call.stream.media(audio(160, 1));
        old.await(RecordKind.CALLER_AUDIO, call.session, 1);

        // When
        var order = giveAway();

        // Then: another stands ready, while the old one serves on under the same epoch
        var warm = order.as(LinkControl.Prepare.class);
        assertThat(warm.warm()).isTrue();
        assertThat(warm.epoch()).isEqualTo(1);
        assertThat(old.of(RecordKind.HAND_OVER, call.session)).isEmpty();

        // When
        other.send(order.session(), 0, RecordKind.PREPARED, NOTHING);

        // Then
        assertThat(old.await(RecordKind.HAND_OVER, call.session, 1).getFirst().as(LinkControl.HandOver.class))
                .isEqualTo(new LinkControl.HandOver("draining", 4_000));
        assertThat(other.of(RecordKind.ATTACH, call.callId)).isEmpty();

        // When: it has let go, and asks that the last 20 ms be heard again
        call.stream.media(audio(160, 2));
        old.await(RecordKind.CALLER_AUDIO, call.session, 2);
        old.send(call.session, 20, RecordKind.RELEASED, NOTHING);

        // Then
        var attach = other.await(RecordKind.ATTACH, call.callId);
        assertThat(attach.as(LinkControl.Attach.class).epoch()).isGreaterThan(1);
        call.stream.media(audio(160, 3));
        var heard = other.await(RecordKind.CALLER_AUDIO, attach.session(), 2);
        assertThat(heard.getFirst().body()).isEqualTo(audio(160, 2));
        assertThat(heard.get(1).body()).isEqualTo(audio(160, 3));
        other.send(attach.session(), 1, RecordKind.PLAY, audio(800, 9));
        call.stream.awaitBytes(800);
        var moved = moved();
        assertThat(moved.cause()).isEqualTo("draining");
        assertThat(moved.epoch()).isEqualTo(attach.as(LinkControl.Attach.class).epoch());
        assertThat(moved.fromBridge()).startsWith("old-");
        assertThat(moved.toBridge()).startsWith("other-");
        assertThat(redis.hash(String.class).hget(LiveKeys.call(call.callId), "bridgeId"))
                .isEqualTo(moved.toBridge());
    }

    @Test
    void aBridgeThatDiesBeforeItLetsGoIsReplacedByTheOneThatStandsReadyAtOnce() {
        // Given
        call.stream.media(audio(160, 1));
        old.await(RecordKind.CALLER_AUDIO, call.session, 1);
        giveAway();

        // When: the other one is not even configured yet
        old.close();

        // Then: it hears what was said before
        var attach = other.await(RecordKind.ATTACH, call.callId);
        assertThat(other.await(RecordKind.CALLER_AUDIO, attach.session(), 1)
                        .getFirst()
                        .body())
                .isEqualTo(audio(160, 1));
        assertThat(other.of(RecordKind.PREPARE, call.callId)).hasSize(1);
        assertThat(moved().cause()).isEqualTo("lost");
    }

    @Test
    void whenTheOneThatStandsReadyDiesAnotherIsTried() {
        // Given
        var order = giveAway();
        try (var third = ScriptedBridge.start("third-" + UUID.randomUUID(), redis)) {
            third.awaitLink();
            other.send(order.session(), 0, RecordKind.PREPARED, NOTHING);
            old.await(RecordKind.HAND_OVER, call.session, 1);

            // When
            other.close();
            third.await(RecordKind.PREPARE, call.callId);
            old.send(call.session, 0, RecordKind.RELEASED, NOTHING);

            // Then
            third.await(RecordKind.ATTACH, call.callId);
            assertThat(old.of(RecordKind.HAND_OVER, call.session)).hasSize(1);
            assertThat(moved().toBridge()).startsWith("third-");
        }
    }

    @Test
    void whenTheOnlyOneThatStoodReadyDiesTheServingBridgeIsToldToStay() {
        // Given
        var order = giveAway();
        other.send(order.session(), 0, RecordKind.PREPARED, NOTHING);
        old.await(RecordKind.HAND_OVER, call.session, 1);

        // When
        other.close();

        // Then
        assertThat(old.await(RecordKind.HAND_OVER, call.session, 2).getLast().as(LinkControl.HandOver.class))
                .isEqualTo(new LinkControl.HandOver("draining", -1));
    }

    @Test
    void whenNobodyElseIsThereTheCallStaysAndIsAskedForAgain() {
        // Given
        other.refuseAll("full");
        giveAway();

        // When: the caller goes on with the old one
        old.send(call.session, 1, RecordKind.PLAY, audio(800, 5));
        call.stream.awaitBytes(800);
        other.refuseAll(null);
        var again = Awaitility.await()
                .until(
                        () -> {
                            old.send(call.session, 0, RecordKind.GIVE_AWAY, new LinkControl.GiveAway("draining"));
                            return other.of(RecordKind.PREPARE, call.callId);
                        },
                        orders -> orders.size() >= 2)
                .getLast();
        other.send(again.session(), 0, RecordKind.PREPARED, NOTHING);

        // Then
        old.await(RecordKind.HAND_OVER, call.session, 1);
        old.send(call.session, 0, RecordKind.RELEASED, NOTHING);
        other.await(RecordKind.ATTACH, call.callId);
    }

    @Test
    void whenTheCallEndsNobodyStandsReadyAnyMore() {
        // Given
        var order = giveAway();

        // When
        call.stream.stop(call.callSid);

        // Then
        assertThat(other.await(RecordKind.DETACHED, order.session(), 1)
                        .getFirst()
                        .as(LinkControl.Detached.class)
                        .reason())
                .isEqualTo("stopped");
        assertThat(events.awaitEnd(call.callId).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void anOrderToPrepareIsGivenToAnotherBridgeWhenItsOwnDrains() {
        // Given: a call that was answered and whose stream is not here yet, at one bridge or the other
        var callSid = Provider.newCallSid();
        var callId = provider.post("/webhook/twilio", Provider.fields(callSid)).callId();
        Awaitility.await()
                .until(() -> old.of(RecordKind.PREPARE, callId).size()
                                + other.of(RecordKind.PREPARE, callId).size()
                        == 1);
        var ordered = old.of(RecordKind.PREPARE, callId).isEmpty() ? other : old;
        var next = ordered == old ? other : old;
        var order = ordered.of(RecordKind.PREPARE, callId).getFirst();

        // When
        ordered.send(order.session(), 0, RecordKind.GIVE_AWAY, new LinkControl.GiveAway("draining"));

        // Then
        assertThat(next.await(RecordKind.PREPARE, callId)
                        .as(LinkControl.Prepare.class)
                        .epoch())
                .isGreaterThan(1);
        ordered.await(RecordKind.DETACHED, order.session(), 1);
        provider.hangUp(callSid);
        events.awaitEnd(callId);
    }

    /** The old bridge asks; @return the order to the other one */
    private ScriptedBridge.Received giveAway() {
        old.send(call.session, 0, RecordKind.GIVE_AWAY, new LinkControl.GiveAway("draining"));
        return other.await(RecordKind.PREPARE, call.callId);
    }

    private CallFact.Moved moved() {
        return Awaitility.await("the move is told")
                .until(() -> events.of(call.callId, CallFact.Moved.class), found -> !found.isEmpty())
                .getFirst();
    }
}
