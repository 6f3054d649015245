package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.testing.ForeignCalls;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-S1, TH-11: a Redis that is empty all at once, and no question has failed meanwhile. */
@QuarkusTest
class EmptiedRedisIT extends RunningGateway {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    NumberMask mask;

    @Test
    void callsOfARedisThatWasEmptiedBetweenTwoLooksAreWrittenAgain() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, answer.callId());
        Awaitility.await().until(() -> "talking".equals(written(answer.callId()).get("phase")));
        awaitSigns();

        // When
        redis.flushall();

        // Then
        Awaitility.await("the call is in Redis")
                .atMost(SOON)
                .until(() -> "talking".equals(written(answer.callId()).get("phase")));
        assertThat(written(answer.callId()))
                .containsEntry("bridgeId", bridgeId)
                .containsEntry("streams", "1")
                .containsKey("gateway");
        assertThat(redis.value(String.class).get(LiveKeys.callSid(callSid)))
                .isEqualTo(answer.callId().toString());
    }

    @Test
    void whatACallReservedIsReservedAgainForAsLongAsBefore() {
        // Given
        var callSid = newCall();
        var caller = Provider.newCaller();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid, caller));
        bridge.await(RecordKind.PREPARE, answer.callId());
        var ofCaller = LiveKeys.callerCalls(mask.mask(caller).hash());
        var lapses = lapses(LiveKeys.ADMITTED_INBOUND, callSid).orElseThrow();
        awaitSigns();

        // When
        redis.flushall();

        // Then
        Awaitility.await("the reservation")
                .atMost(SOON)
                .until(() -> lapses(ofCaller, callSid).isPresent());
        assertThat(Math.abs(lapses(ofCaller, callSid).orElseThrow() - lapses)).isLessThan(2_000);
        assertThat(Math.abs(lapses(LiveKeys.ADMITTED_INBOUND, callSid).orElseThrow() - lapses))
                .isLessThan(2_000);
        assertThat(lapses(LiveKeys.admittedToModel("openai", "gpt-realtime-2.1"), callSid))
                .isPresent();

        // When
        provider.hangUp(callSid);
        events.awaitEnd(answer.callId());

        // Then
        Awaitility.await("nothing is reserved any more")
                .until(() -> lapses(LiveKeys.ADMITTED_INBOUND, callSid).isEmpty()
                        && lapses(ofCaller, callSid).isEmpty());
    }

    @Test
    void aCallThatRedisIsAboutToBeToldOfAgainIsTakenUpAsItStood() {
        // Given: it was hung up on at another gateway, which has not seen yet that Redis has forgotten everything
        var call = ForeignCalls.write(redis, Provider.CALLER, 1, bridgeId, EndReason.ASSISTANT_HUNG_UP);
        var written = written(call.callId());
        redis.key().del(LiveKeys.call(call.callId()), LiveKeys.callSid(call.callSid()));

        // When
        var answer = CompletableFuture.supplyAsync(() ->
                provider.post("/webhook/twilio/after-stream/" + call.callId(), Provider.inProgress(call.callSid())));
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .during(Duration.ofMillis(50))
                .until(() -> !answer.isDone());
        redis.hash(String.class).hset(LiveKeys.call(call.callId()), written);

        // Then
        assertThat(answer.join().verbs()).containsExactly("Hangup");
        assertThat(events.awaitEnd(call.callId()).reason()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
    }

    @Test
    void thatTheEndOfACallWasToldIsKnownAgain() {
        // Given: I4
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        bridge.await(RecordKind.PREPARE, answer.callId());
        provider.hangUp(callSid);
        events.awaitEnd(answer.callId());
        var told = LiveKeys.webhook(callSid, "gateway", "ended");
        awaitSigns();

        // When
        redis.flushall();

        // Then: no gateway that has an older picture of it tells another end
        Awaitility.await("the claim").atMost(SOON).until(() -> redis.key().exists(told));
    }

    /** Who has never told Redis anything cannot know that it forgot it. */
    private void awaitSigns() {
        Awaitility.await("a sign of life of this gateway")
                .until(() -> !redis.key().keys("gateway:*").isEmpty());
    }

    private Map<String, String> written(UUID callId) {
        return redis.hash(String.class).hgetall(LiveKeys.call(callId));
    }

    private OptionalDouble lapses(String key, String callSid) {
        return redis.sortedSet(String.class).zscore(key, callSid);
    }
}
