package centralita.gateway;

import static centralita.gateway.testing.Provider.inProgress;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.ForeignCalls;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.SeenSpans;
import centralita.gateway.testing.StoppedRedis;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that another gateway received: Redis tells of them, this gateway goes on with them. */
@QuarkusTest
class AdoptionIT extends RunningGateway {
    /** Longer than an answer usually waits, and much shorter than the patience with a call. */
    private static final int HESITATES_MS = 600;

    @Inject
    SeenSpans spans;

    @Test
    void aCallOfAnotherGatewayGoesOnHereWithTheSameBridgeEpochAndTrace() {
        // Given
        var call = received(2, bridgeId, null);

        // When: its gateway died, and the provider asks us what comes next
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));

        // Then
        assertThat(answer.verbs()).containsExactly("Connect", "Redirect");
        assertThat(answer.callId()).isEqualTo(call.callId());
        var prepare = bridge.await(RecordKind.PREPARE, call.callId()).as(LinkControl.Prepare.class);
        assertThat(prepare)
                .isEqualTo(new LinkControl.Prepare(
                        call.callId(),
                        7,
                        Direction.INBOUND,
                        Assistants.SPANISH,
                        new NumberMask("a-number-hash-key-of-the-tests").mask(Provider.CALLER),
                        Map.of("X-Tenant", "acme"),
                        true,
                        false,
                        prepare.lastedMs(),
                        ForeignCalls.TRACEPARENT));
        // TH-11: its clock goes on as well
        assertThat(prepare.lastedMs()).isBetween(1L, 600_000L);

        // When
        var stream = provider.open(answer.streamUrl()).start(call.callSid());

        // Then: the count of streams goes on, and the call ends once
        assertThat(bridge.await(RecordKind.ATTACH, call.callId()).as(LinkControl.Attach.class))
                .isEqualTo(new LinkControl.Attach(call.callId(), 7, stream.streamSid, 3));
        stream.stop(call.callSid());
        assertThat(events.awaitEnd(call.callId()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(events.of(call.callId()).stream().map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("MediaStreamStarted", "MediaStreamEnded", "Ended");
        assertThat(spanOf("POST /webhook/twilio/after-stream/:callId").getParentSpanId())
                .isEqualTo(ForeignCalls.SPAN_ID);
    }

    @Test
    void aRedisThatIsSlowForAMomentCostsTheCallerNeitherHisBridgeNorHisEpoch() {
        // Given: F-S3
        var call = received(1, bridgeId, null);
        StoppedRedis.forMs(HESITATES_MS);

        // When
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));

        // Then
        assertThat(answer.callId()).isEqualTo(call.callId());
        assertThat(bridge.await(RecordKind.PREPARE, call.callId())
                        .as(LinkControl.Prepare.class)
                        .epoch())
                .isEqualTo(call.epoch());
        hangUp(call);
        events.awaitEnd(call.callId());
    }

    @Test
    void aCallThatItsBridgeKnowsToBeOverIsNotTakenUpAgain() {
        // Given: the assistant hung up, and the gateway that was told could not write it down yet
        var call = received(1, bridgeId, null);
        bridge.knowsToBeOver(EndReason.ASSISTANT_HUNG_UP);

        // When: we are asked what comes next
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));

        // Then: his bridge says that nothing does, and whoever is asked knows it
        assertThat(answer.verbs()).containsExactly("Connect", "Redirect");
        Awaitility.await()
                .until(() -> "ASSISTANT_HUNG_UP"
                        .equals(redis.hash(String.class).hget(LiveKeys.call(call.callId()), "endReason")));
        provider.open(answer.streamUrl()).start(call.callSid());
        Awaitility.await()
                .until(() -> provider.post(afterStream(call), inProgress(call.callSid()))
                        .verbs()
                        .equals(List.of("Hangup")));
        assertThat(events.awaitEnd(call.callId()).reason()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        assertThat(redis.hash(String.class).hget(LiveKeys.call(call.callId()), "bridgeId"))
                .isEqualTo(bridgeId);
    }

    @Test
    void aRepeatedWebhookOfAnothersCallIsAnsweredAndLeavesTheCallAlone() {
        // Given: the provider repeats itself, and this gateway gets the second one
        var call = received(0, bridgeId, null);

        // When
        var answer = provider.post("/webhook/twilio", Provider.fields(call.callSid()));

        // Then: the same call, and nothing is done about it here
        assertThat(answer.callId()).isEqualTo(call.callId());
        assertThat(answer.verbs()).containsExactly("Say", "Connect", "Redirect");
        assertThat(bridge.of(RecordKind.PREPARE, call.callId())).isEmpty();
        assertThat(events.of(call.callId())).isEmpty();
        assertThat(redis.hash(String.class).hget(LiveKeys.call(call.callId()), "bridgeId"))
                .isEqualTo(bridgeId);
    }

    @Test
    void aCallWhoseBridgeIsGoneGetsAnotherUnderAHigherEpoch() {
        // Given
        var call = received(1, "a-bridge-that-died", null);

        // When
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));

        // Then
        assertThat(answer.verbs()).containsExactly("Connect", "Redirect");
        assertThat(bridge.await(RecordKind.PREPARE, call.callId())
                        .as(LinkControl.Prepare.class)
                        .resume())
                .isTrue();
        Awaitility.await()
                .until(() -> bridge.of(RecordKind.PREPARE, call.callId()).stream()
                        .anyMatch(it -> it.as(LinkControl.Prepare.class).epoch() > 7));
        hangUp(call);
    }

    @Test
    void aCallThatWasMeantToEndIsHungUpByWhateverGatewayIsAsked() {
        // Given
        var call = received(1, bridgeId, EndReason.ASSISTANT_HUNG_UP);

        // When
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));

        // Then
        assertThat(answer.verbs()).containsExactly("Hangup");
        assertThat(events.awaitEnd(call.callId()).reason()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        assertThat(bridge.of(RecordKind.PREPARE, call.callId())).isEmpty();
    }

    @Test
    void theStatusOfACallOfAnotherGatewayEndsItInItsOwnTrace() {
        // Given
        var call = received(1, bridgeId, null);

        // When
        hangUp(call);

        // Then
        assertThat(events.awaitEnd(call.callId()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(spanOf("POST /webhook/twilio/status").getParentSpanId()).isEqualTo(ForeignCalls.SPAN_ID);
        // The framework's own spans of these paths, which would be traces of their own, are not there.
        assertThat(spans.named("POST /webhook/twilio/status"))
                .allMatch(it ->
                        it.getAttributes().get(io.opentelemetry.api.common.AttributeKey.stringKey("url.path")) == null);
    }

    @Test
    void afterSoManyStreamsTheCallerIsOfferedSomethingElse() {
        // Given: a call that has lost its stream four times
        var call = received(4, bridgeId, null);
        var answer = provider.post(afterStream(call), inProgress(call.callSid()));
        var stream = provider.open(answer.streamUrl()).start(call.callSid());
        bridge.await(RecordKind.ATTACH, call.callId());

        // When: the fifth is lost, too
        stream.socket.close((short) 1011);
        Awaitility.await()
                .until(() -> events.of(call.callId(), CallFact.MediaStreamEnded.class)
                                .size()
                        == 1);
        var last = provider.post(afterStream(call), inProgress(call.callSid()));

        // Then: he is offered something else
        assertThat(last.verbs()).containsExactly("Gather", "Redirect");
        hangUp(call);
        var end = events.awaitEnd(call.callId());
        assertThat(List.of(end.outcome(), end.reason())).isEqualTo(List.of(Outcome.DROPPED, EndReason.STREAM_LOST));
    }

    /** A call that another gateway received. */
    private LiveCall received(int streams, String owner, @Nullable EndReason end) {
        return ForeignCalls.write(redis, Provider.CALLER, streams, owner, end);
    }

    private static String afterStream(LiveCall call) {
        return "/webhook/twilio/after-stream/" + call.callId();
    }

    private SpanData spanOf(String name) {
        return Awaitility.await(name)
                .until(
                        () -> spans.named(name).stream()
                                .filter(it -> it.getTraceId().equals(ForeignCalls.TRACE_ID))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private void hangUp(LiveCall call) {
        assertThat(provider.hangUp(call.callSid()).status()).isEqualTo(204);
    }
}
