package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.gateway.testing.SeenSpans;
import centralita.gateway.testing.StoppedRedis;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that another gateway received: Redis tells of them, this gateway goes on with them. */
@QuarkusTest
class AdoptionIT {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    @Inject
    SeenSpans spans;

    @Inject
    MeterRegistry meters;

    private Provider provider;
    private ScriptedBridge bridge;
    private String bridgeId;

    @BeforeEach
    void begin() {
        provider = new Provider(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
        redis.value(String.class).set(LiveKeys.number("*"), Assistants.SPANISH.assistantId());
        redis.value(String.class)
                .set(LiveKeys.assistant(Assistants.SPANISH.assistantId()), ContractsJson.write(Assistants.SPANISH));
        bridgeId = "bridge-" + UUID.randomUUID();
        bridge = ScriptedBridge.start(bridgeId, redis);
        bridge.awaitLink();
    }

    @AfterEach
    void end() {
        bridge.close();
        provider.close();
    }

    @Test
    void aCallOfAnotherGatewayGoesOnHereWithTheSameBridgeEpochAndTrace() {
        // Given
        var call = received(2, bridgeId, null);

        // When: its gateway died, and the provider asks us what comes next
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));

        // Then
        assertThat(answer.verbs()).containsExactly("Connect", "Redirect");
        assertThat(answer.callId()).isEqualTo(call.callId());
        assertThat(bridge.await(RecordKind.PREPARE, call.callId()).as(LinkControl.Prepare.class))
                .isEqualTo(new LinkControl.Prepare(
                        call.callId(),
                        7,
                        Direction.INBOUND,
                        Assistants.SPANISH,
                        new NumberMask("a-number-hash-key-of-the-tests").mask(Provider.CALLER),
                        Map.of("X-Tenant", "acme"),
                        true,
                        false,
                        TRACEPARENT));

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
                .isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void aRedisThatIsSlowForAMomentCostsTheCallerNeitherHisBridgeNorHisEpoch() {
        // Given: F-S3
        var call = received(1, bridgeId, null);
        StoppedRedis.forMs(700);

        // When
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));

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
    void aCallThatWasAtAnotherGatewayMeanwhileIsTakenUpAsThatOneLeftIt() {
        // Given: it lost its stream here
        var call = received(0, bridgeId, null);
        var stream = provider.open(provider.post(afterStream(call), CallIT.inProgress(call.callSid()))
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
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));
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
        var call = received(0, bridgeId, null);
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));
        var stream = provider.open(answer.streamUrl()).start(call.callSid());
        bridge.await(RecordKind.ATTACH, call.callId());
        var heldBefore = held();

        // When: the provider goes to another gateway, and nobody comes back here
        redis.hash(String.class).hset(LiveKeys.call(call.callId()), Map.of("streams", "2"));
        stream.socket.close((short) 1011);

        // Then
        Awaitility.await().until(() -> held() == heldBefore - 1);
        assertThat(events.of(call.callId(), CallFact.Ended.class)).isEmpty();
        hangUp(call);
    }

    @Test
    void aCallThatAnotherGatewayOffersSomethingElseIsNotToldAsDroppedHere() {
        // Given: it lost its stream here
        var call = received(0, bridgeId, null);
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));
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
        var answer = provider.post("/webhook/twilio/after-stream/" + callId, CallIT.inProgress(callSid));

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
        var answer = provider.post("/webhook/twilio/after-stream/" + callId, CallIT.inProgress(callSid));
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
        var completed = Provider.fields(callSid);
        completed.put("CallStatus", "completed");
        assertThat(provider.post("/webhook/twilio/status", completed).status()).isEqualTo(204);

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

    @Test
    void aCallWhoseBridgeIsGoneGetsAnotherUnderAHigherEpoch() {
        // Given
        var call = received(1, "a-bridge-that-died", null);

        // When
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));

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
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));

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
        assertThat(spanOf("POST /webhook/twilio/status").getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        // The framework's own spans of these paths, which would be traces of their own, are not there.
        assertThat(spans.named("POST /webhook/twilio/status"))
                .allMatch(it ->
                        it.getAttributes().get(io.opentelemetry.api.common.AttributeKey.stringKey("url.path")) == null);
    }

    @Test
    void afterSoManyStreamsTheCallerIsOfferedSomethingElse() {
        // Given: a call that has lost its stream four times
        var call = received(4, bridgeId, null);
        var answer = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));
        var stream = provider.open(answer.streamUrl()).start(call.callSid());
        bridge.await(RecordKind.ATTACH, call.callId());

        // When: the fifth is lost, too
        stream.socket.close((short) 1011);
        Awaitility.await()
                .until(() -> events.of(call.callId(), CallFact.MediaStreamEnded.class)
                                .size()
                        == 1);
        var last = provider.post(afterStream(call), CallIT.inProgress(call.callSid()));

        // Then: he is offered something else
        assertThat(last.verbs()).containsExactly("Gather", "Redirect");
        hangUp(call);
        var end = events.awaitEnd(call.callId());
        assertThat(List.of(end.outcome(), end.reason())).isEqualTo(List.of(Outcome.DROPPED, EndReason.STREAM_LOST));
    }

    /** Writes a call to Redis as another gateway would have. */
    private LiveCall received(int streams, String owner, @Nullable EndReason end) {
        var call = new LiveCall(
                UuidV7.next(),
                Provider.newCallSid(),
                Provider.ACCOUNT,
                Direction.INBOUND,
                Assistants.SPANISH.assistantId(),
                Assistants.SPANISH.version(),
                Provider.CALLER,
                Provider.NUMBER,
                "{\"X-Tenant\":\"acme\"}",
                owner,
                7,
                end == null ? "talking" : "ending",
                streams,
                end,
                System.currentTimeMillis(),
                TRACEPARENT);
        redis.hash(String.class).hset(LiveKeys.call(call.callId()), call.toFields());
        redis.value(String.class)
                .set(LiveKeys.callSid(call.callSid()), call.callId().toString());
        return call;
    }

    private static String afterStream(LiveCall call) {
        return "/webhook/twilio/after-stream/" + call.callId();
    }

    private SpanData spanOf(String name) {
        return Awaitility.await(name)
                .until(
                        () -> spans.named(name).stream()
                                .filter(it -> it.getTraceId().equals(TRACE_ID))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private void hangUp(LiveCall call) {
        var completed = Provider.fields(call.callSid());
        completed.put("CallStatus", "completed");
        assertThat(provider.post("/webhook/twilio/status", completed).status()).isEqualTo(204);
    }
}
