package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.id.UuidV7;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.gateway.testing.StoppedRedis;
import centralita.gateway.twilio.StreamToken;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-S1, F-S3, F-W4: a Redis that answers nobody for a while. */
@QuarkusTest
class HangingRedisIT {
    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    @Test
    void theOnlyBridgeIsReachedAgainWhenItsLinkBreaksWhileRedisHangs() {
        // Given
        Assistants.answerAllCalls(redis);
        try (var provider = Provider.here();
                var bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            bridge.awaitLink();
            var callSid = Provider.newCallSid();
            var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
            var stream = provider.open(answer.streamUrl()).start(callSid);
            bridge.await(RecordKind.ATTACH, answer.callId());
            bridge.keepQuiet();

            // When
            StoppedRedis.forMs(9_000);
            bridge.cutLinks();

            // Then: nobody waits for Redis, nor for the end of the patience with which another bridge is looked for
            Awaitility.await()
                    .atMost(Duration.ofSeconds(7))
                    .until(() -> bridge.of(RecordKind.ATTACH, answer.callId()).size() == 2);
            assertThat(stream.closed()).isFalse();
            stream.stop(callSid);
            events.awaitEnd(answer.callId());
            awaitRedis();
        }
    }

    /** I7: its caller may be at another gateway, or gone, and a session for nobody costs money. */
    @Test
    void aCallWithoutAStreamGetsNoOtherBridgeUntilRedisSaysThatItIsHere() {
        whileACallWaits(call -> {
            // When
            StoppedRedis.forMs(8_000);
            call.bridge.die();

            // Then
            Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .until(() -> call.other.of(RecordKind.PREPARE, call.callId).isEmpty());
            call.other.await(RecordKind.PREPARE, call.callId);
        });
    }

    @Test
    void aStreamThatComesMeanwhileGetsAnotherBridge() {
        whileACallWaits(call -> {
            // When
            StoppedRedis.forMs(9_000);
            call.bridge.die();
            call.provider.open(call.streamUrl).start(call.callSid);

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(7))
                    .until(() -> !call.other.of(RecordKind.ATTACH, call.callId).isEmpty());
        });
    }

    /** F-P6: it asks again and again; the call moves once. */
    @Test
    void aBridgeThatAsksToBeRelievedWhileRedisHangsIsRelievedOnce() {
        whileACallWaits(call -> {
            try (var third = ScriptedBridge.start("third-" + UUID.randomUUID(), redis)) {
                third.awaitLink();
                third.keepQuiet();

                // When: at several moments, so that they do not all wait for the same answer of Redis
                StoppedRedis.forMs(6_000);
                for (var time = 0; time < 6; time++) {
                    call.bridge.send(call.order, 0, RecordKind.GIVE_AWAY, new LinkControl.GiveAway("draining"));
                    Awaitility.await().pollDelay(Duration.ofMillis(250)).until(() -> true);
                }

                // Then
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> prepared(call.callId, call.bridge, call.other, third) == 2);
                Awaitility.await()
                        .during(Duration.ofSeconds(2))
                        .until(() -> prepared(call.callId, call.bridge, call.other, third) == 2);
            }
        });
    }

    private static int prepared(UUID callId, ScriptedBridge... bridges) {
        return Stream.of(bridges)
                .mapToInt(bridge -> bridge.of(RecordKind.PREPARE, callId).size())
                .sum();
    }

    /** @param bridge of the call @param order session number of the order that it got */
    private record Waiting(
            Provider provider,
            ScriptedBridge bridge,
            ScriptedBridge other,
            String callSid,
            UUID callId,
            String streamUrl,
            int order) {}

    /** A call is received and has no stream yet; there is another bridge. */
    private void whileACallWaits(Consumer<Waiting> test) {
        Assistants.answerAllCalls(redis);
        try (var provider = Provider.here();
                var bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            bridge.awaitLink();
            var callSid = Provider.newCallSid();
            var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
            var order = bridge.await(RecordKind.PREPARE, answer.callId()).session();
            try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
                other.awaitLink();
                bridge.keepQuiet();
                other.keepQuiet();
                test.accept(new Waiting(provider, bridge, other, callSid, answer.callId(), answer.streamUrl(), order));
                provider.hangUp(callSid);
                events.awaitEnd(answer.callId());
                awaitRedis();
            }
        }
    }

    /** What closes the bridges, and the tests that follow, need it. */
    private void awaitRedis() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> redis.key().randomkey() != null);
    }

    @Test
    void callsAreAnsweredConnectedAndEndedWhileRedisHangs() {
        // Given: a gateway that has seen its pool and its assistant
        Assistants.answerAllCalls(redis);
        try (var provider = Provider.here();
                var bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            bridge.awaitLink();
            var warm = Provider.newCallSid();
            bridge.await(
                    RecordKind.PREPARE,
                    provider.post("/webhook/twilio", Provider.fields(warm)).callId());
            provider.hangUp(warm);
            bridge.keepQuiet();

            // Given: a call that lives on, and of which Redis forgets everything (F-S1)
            var forgottenSid = Provider.newCallSid();
            var forgotten = provider.post("/webhook/twilio", Provider.fields(forgottenSid));
            var living = provider.open(forgotten.streamUrl()).start(forgottenSid);
            bridge.await(RecordKind.ATTACH, forgotten.callId());
            Awaitility.await()
                    .until(() -> "talking"
                            .equals(redis.hash(String.class).hget(LiveKeys.call(forgotten.callId()), "phase")));
            redis.key().del(LiveKeys.call(forgotten.callId()), LiveKeys.callSid(forgottenSid));

            // Given: a call that is about to lose its stream
            var cutSid = Provider.newCallSid();
            var cut = provider.post("/webhook/twilio", Provider.fields(cutSid));
            var lost = provider.open(cut.streamUrl()).start(cutSid);
            bridge.await(RecordKind.ATTACH, cut.callId());

            // When: Redis serves nobody for seconds
            StoppedRedis.forMs(8000);
            lost.socket.close((short) 1011);
            var began = System.nanoTime();
            var callSids =
                    IntStream.range(0, 5).mapToObj(_ -> Provider.newCallSid()).toList();
            var answers = callSids.stream()
                    .map(callSid -> provider.post("/webhook/twilio", Provider.fields(callSid)))
                    .toList();
            var answered = Duration.ofNanos(System.nanoTime() - began);

            // Then: all are answered before it is back, and can talk
            assertThat(answers).allMatch(answer -> answer.verbs().contains("Connect"));
            assertThat(answered).isLessThan(Duration.ofSeconds(5));
            for (var i = 0; i < 5; i++) {
                var stream = provider.open(answers.get(i).streamUrl()).start(callSids.get(i));
                bridge.await(RecordKind.ATTACH, answers.get(i).callId());
                assertThat(provider.refusal(
                                answers.get(i).streamUrl(),
                                provider.signUrl(answers.get(i).streamUrl())))
                        .isEqualTo(403);
                stream.stop(callSids.get(i));
                events.awaitEnd(answers.get(i).callId());
            }

            // And: a call of another gateway, which only Redis knows, is taken up from what the provider says
            var foreign = UuidV7.next();
            var foreignSid = Provider.newCallSid();
            var again = provider.post("/webhook/twilio/after-stream/" + foreign, Provider.inProgress(foreignSid));
            assertThat(again.verbs()).containsExactly("Connect", "Redirect");
            assertThat(again.callId()).isEqualTo(foreign);
            var prepare = bridge.await(RecordKind.PREPARE, foreign).as(LinkControl.Prepare.class);
            assertThat(prepare.resume()).isTrue();
            assertThat(prepare.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            var resumed = provider.open(again.streamUrl()).start(foreignSid);
            assertThat(bridge.await(RecordKind.ATTACH, foreign).as(LinkControl.Attach.class).stream())
                    .isEqualTo(2);
            resumed.stop(foreignSid);
            events.awaitEnd(foreign);

            // And: so is one whose webhook another gateway answered, from what its stream brings along
            var unseen = UuidV7.next();
            var unseenSid = Provider.newCallSid();
            var first = provider.open(streamOf(unseen, unseenSid))
                    .start(
                            unseenSid,
                            Map.of(
                                    "direction",
                                    "INBOUND",
                                    "from",
                                    Provider.CALLER,
                                    "to",
                                    Provider.NUMBER,
                                    "number",
                                    "1"));
            assertThat(bridge.await(RecordKind.PREPARE, unseen)
                            .as(LinkControl.Prepare.class)
                            .resume())
                    .isFalse();
            assertThat(bridge.await(RecordKind.ATTACH, unseen).as(LinkControl.Attach.class).stream())
                    .isEqualTo(1);
            first.stop(unseenSid);
            events.awaitEnd(unseen);
            assertThat(provider.post("/webhook/twilio", Provider.fields(callSids.getFirst()))
                            .verbs())
                    .containsExactly("Hangup");

            // And: nobody came back in time, and it cannot be asked whether the call had gone on elsewhere: not ended
            assertThat(events.of(cut.callId(), CallFact.Ended.class)).isEmpty();
            Awaitility.await("Redis is back")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> redis.key().exists("anything") || true);

            provider.hangUp(cutSid);
            events.awaitEnd(cut.callId());

            // And: it knows of the call again, so that another gateway could go on with it
            Awaitility.await("the call is written again")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> "talking"
                            .equals(redis.hash(String.class).hget(LiveKeys.call(forgotten.callId()), "phase")));
            assertThat(redis.hash(String.class).hget(LiveKeys.call(forgotten.callId()), "streams"))
                    .isEqualTo("1");
            living.stop(forgottenSid);
            events.awaitEnd(forgotten.callId());
        }
    }

    private static String streamOf(UUID callId, String callSid) {
        var tokens = new StreamToken(
                List.of("fake-auth-token-primary-0000000001"), Clock.systemUTC(), Duration.ofSeconds(60));
        return "wss://voice.example.test/media-stream/" + tokens.issue(callId, callSid);
    }
}
