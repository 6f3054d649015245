package centralita.gateway;

import static centralita.gateway.testing.Provider.inProgress;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.testing.ForeignCalls;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Calls of which this gateway knows something and another one more: that one's word counts. */
@QuarkusTest
class CallElsewhereIT extends RunningGateway {
    @Inject
    MeterRegistry meters;

    @Test
    void aCallThatWasAtAnotherGatewayMeanwhileIsTakenUpAsThatOneLeftIt() {
        // Given: it lost its stream here
        var call = received();
        var stream = provider.open(provider.post(afterStream(call), inProgress(call.callSid()))
                        .streamUrl())
                .start(call.callSid());
        bridge.await(RecordKind.ATTACH, call.callId());
        stream.socket.close((short) 1011);
        Awaitility.await()
                .until(() -> events.of(call.callId(), CallFact.MediaStreamEnded.class)
                                .size()
                        == 1);

        // When: another gateway had it, gave it a bridge under a higher epoch, and lost it
        redis.hash(String.class).hset(LiveKeys.call(call.callId()), Map.of("streams", "4", "epoch", "9"));
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));
        var again = provider.open(answer.streamUrl()).start(call.callSid());

        // Then
        Awaitility.await()
                .until(() -> bridge.of(RecordKind.ATTACH, call.callId()).size() == 2);
        assertThat(bridge.of(RecordKind.ATTACH, call.callId()).getLast().as(LinkControl.Attach.class))
                .isEqualTo(new LinkControl.Attach(call.callId(), 9, again.streamSid, 5));
        again.stop(call.callSid());
        assertThat(events.awaitEnd(call.callId()).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aCallThatGoesOnAtAnotherGatewayIsNotEndedHere() {
        // Given: it lost its stream here
        var call = received();
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));
        var stream = provider.open(answer.streamUrl()).start(call.callSid());
        var ours = bridge.await(RecordKind.ATTACH, call.callId()).as(LinkControl.Attach.class).stream();
        var heldBefore = held();
        Awaitility.await("what we write of the stream is written")
                .until(() -> Integer.toString(ours)
                        .equals(redis.hash(String.class).hget(LiveKeys.call(call.callId()), "streams")));

        // When: the provider goes to another gateway, and nobody comes back here
        redis.hash(String.class).hset(LiveKeys.call(call.callId()), Map.of("streams", "3"));
        stream.socket.close((short) 1011);

        // Then
        Awaitility.await().until(() -> held() == heldBefore - 1);
        assertThat(events.of(call.callId(), CallFact.Ended.class)).isEmpty();
        hangUp(call);
    }

    @Test
    void aCallThatAnotherGatewayOffersSomethingElseIsNotToldAsDroppedHere() {
        // Given: it lost its stream here
        var call = received();
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));
        var stream = provider.open(answer.streamUrl()).start(call.callSid());
        bridge.await(RecordKind.ATTACH, call.callId());
        var heldBefore = held();

        // When: another gateway was asked what comes next, and puts it on the ladder
        redis.hash(String.class)
                .hset(
                        LiveKeys.call(call.callId()),
                        Map.of("phase", "ending", "endReason", EndReason.STREAM_LOST.name()));
        stream.socket.close((short) 1011);

        // Then
        Awaitility.await().until(() -> held() == heldBefore - 1);
        assertThat(events.of(call.callId(), CallFact.Ended.class)).isEmpty();
        hangUp(call);
    }

    @Test
    void aCallOfWhichOnlyTheWebhookCameHereEndsAsItWasMeantToAtTheGatewayThatHadItsStream() {
        // Given: its stream went to another gateway, where the assistant hung up
        var callSid = Provider.newCallSid();
        var callId = ringing(callSid);
        redis.hash(String.class)
                .hset(
                        LiveKeys.call(callId),
                        Map.of("streams", "1", "endReason", EndReason.ASSISTANT_HUNG_UP.name(), "phase", "ending"));

        // When
        var answer = provider.post("/webhook/twilio/after-stream/" + callId, inProgress(callSid));

        // Then
        assertThat(answer.verbs()).containsExactly("Hangup");
        assertThat(events.awaitEnd(callId).reason()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
    }

    @Test
    void aStreamOfACallOfWhichOnlyTheWebhookCameHereIsServedUnderTheEpochOfNow() {
        // Given: another gateway had the stream, and gave the call another bridge
        var callSid = Provider.newCallSid();
        var callId = ringing(callSid);
        redis.hash(String.class).hset(LiveKeys.call(callId), Map.of("streams", "1", "epoch", "9"));

        // When
        var answer = provider.post("/webhook/twilio/after-stream/" + callId, inProgress(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);

        // Then
        assertThat(bridge.await(RecordKind.ATTACH, callId).as(LinkControl.Attach.class))
                .isEqualTo(new LinkControl.Attach(callId, 9, stream.streamSid, 2));
        stream.stop(callSid);
        assertThat(events.awaitEnd(callId).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void theStatusOfACallOfWhichOnlyTheWebhookCameHereTellsWhyTheOtherGatewayEndedIt() {
        // Given
        var callSid = Provider.newCallSid();
        var callId = ringing(callSid);
        redis.hash(String.class)
                .hset(
                        LiveKeys.call(callId),
                        Map.of("streams", "1", "endReason", EndReason.ASSISTANT_HUNG_UP.name(), "phase", "ending"));

        // When
        assertThat(provider.hangUp(callSid).status()).isEqualTo(204);

        // Then
        assertThat(events.awaitEnd(callId).reason()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
    }

    @Test
    void aCallThatIsAtAnotherGatewayIsNotMovedHereWhenTheBridgeDies() {
        // Given: its webhook came here, its stream went to another gateway
        var heldBefore = held();
        var callId = ringing(Provider.newCallSid());
        redis.hash(String.class).hset(LiveKeys.call(callId), Map.of("streams", "1"));

        // When
        bridge.close();

        // Then: that one moves it
        Awaitility.await().until(() -> held() == heldBefore);
        assertThat(redis.hash(String.class).hget(LiveKeys.call(callId), "epoch"))
                .isEqualTo("1");
        assertThat(events.of(callId, CallFact.Ended.class)).isEmpty();
    }

    /** A call whose webhook this gateway has answered. */
    private UUID ringing(String callSid) {
        var callId = provider.post("/webhook/twilio", Provider.fields(callSid)).callId();
        bridge.await(RecordKind.PREPARE, callId);
        return callId;
    }

    private double held() {
        return meters.get("centralita.calls.active").gauge().value();
    }

    /** A call that another gateway received, taken up here. */
    private LiveCall received() {
        return ForeignCalls.write(redis, Provider.CALLER, 0, bridgeId, null);
    }

    private static String afterStream(LiveCall call) {
        return "/webhook/twilio/after-stream/" + call.callId();
    }

    private void hangUp(LiveCall call) {
        assertThat(provider.hangUp(call.callSid()).status()).isEqualTo(204);
    }
}
