package centralita.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.embedded.TestTokens;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.ProviderStream;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** A gateway that stops, in an application of its own, because there is no way back. */
@QuarkusTest
@TestProfile(DrainIT.Alone.class)
class DrainIT {
    public static class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.drain-patience-ms", "20000", "gateway.come-back-ms", "30000");
        }
    }

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    @Inject
    @Readiness
    Drain drain;

    @Test
    void aDrainingGatewayIsNotReadyClosesEachStreamWhenNobodySpeaksAndEndsNoCall() throws InterruptedException {
        // Given: F-P6: one caller listens, one speaks
        Assistants.answerAllCalls(redis);
        try (var provider = Provider.here();
                var bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            bridge.awaitLink();
            var listens = call(provider, bridge);
            var speaks = call(provider, bridge);
            IntStream.range(0, 150).forEach(_ -> speaks.stream.media(loud()));
            bridge.await(RecordKind.CALLER_AUDIO, speaks.session, 150);
            Awaitility.await("ready").until(() -> ready(provider) == 200);
            assertThat(drain(provider, "analyst").status()).isEqualTo(403);
            bridge.send(listens.session, 1, RecordKind.PLAY, silence());
            listens.stream.await("media", 1);
            listens.stream.beforeAnsweringClose(() -> {
                IntStream.range(0, 5).forEach(_ -> listens.stream.media(silence()));
                bridge.send(listens.session, 1, RecordKind.ITEM_END, new byte[0]);
                bridge.send(listens.session, 1, RecordKind.CLEAR, new byte[0]);
                // At once: the close is waited for a second.
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() ->
                                !bridge.of(RecordKind.CLEARED, listens.session).isEmpty());
                listens.stream.stop(listens.callSid);
            });

            // When
            assertThat(drain(provider, "service").body()).isEqualTo("{\"streams\":2}");

            // Then: the provider asks what comes next; the bridge keeps the call
            assertThat(ready(provider)).isEqualTo(503);
            assertThat(listens.stream.awaitClose()).isEqualTo(1001);
            // And: what was on its way when we closed is heard, and a stop after our close ends no call
            assertThat(bridge.await(RecordKind.CALLER_AUDIO, listens.session, 5))
                    .hasSize(5);
            assertThat(bridge.await(RecordKind.DETACHED, listens.session, 1)
                            .getFirst()
                            .as(LinkControl.Detached.class)
                            .reason())
                    .isEqualTo("lost");
            assertThat(bridge.of(RecordKind.HEARD, listens.session))
                    .as("the end of what the provider forgot with the stream")
                    .noneMatch(it -> it.body()[it.body().length - 1] == 1);
            assertThat(speaks.stream.closed()).isFalse();

            // When: a call's first stream, which was promised before
            var late = call(provider, bridge);

            // Then
            assertThat(late.stream.awaitClose()).isEqualTo(1001);

            // When: it comes back here, because there is no other gateway
            var after =
                    provider.post("/webhook/twilio/after-stream/" + listens.callId, Provider.fields(listens.callSid));
            var again = provider.open(after.streamUrl()).start(listens.callSid);
            Awaitility.await()
                    .until(() -> bridge.of(RecordKind.ATTACH, listens.callId).size() == 2);

            // When: the other one has finished
            IntStream.range(0, 100).forEach(_ -> speaks.stream.media(silence()));

            // Then
            assertThat(speaks.stream.awaitClose()).isEqualTo(1001);
            assertThat(again.closed()).isFalse();
            assertThat(events.of(listens.callId, CallFact.Ended.class)).isEmpty();

            // When
            drain.leave(new ShutdownDelayInitiatedEvent());

            // Then: what is left is closed in order, and the bridge sees a link that was closed
            assertThat(again.awaitClose()).isEqualTo(1001);
            assertThat(bridge.awaitLinkClose()).isEqualTo(1001);
            assertThat(events.of(speaks.callId, CallFact.Ended.class)).isEmpty();
        }
    }

    private record Call(String callSid, UUID callId, ProviderStream stream, int session) {}

    private static Call call(Provider provider, ScriptedBridge bridge) {
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        return new Call(
                callSid,
                answer.callId(),
                stream,
                bridge.await(RecordKind.ATTACH, answer.callId()).session());
    }

    private static Provider.Answer drain(Provider provider, String role) {
        return provider.send(provider.request("/drain")
                .header("Authorization", "Bearer " + TestTokens.of(role))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static byte[] loud() {
        var audio = new byte[160];
        Arrays.fill(audio, (byte) 0x8F);
        return audio;
    }

    private static byte[] silence() {
        var audio = new byte[160];
        Arrays.fill(audio, (byte) 0xFF);
        return audio;
    }

    private static int ready(Provider provider) {
        return provider.send(provider.request("/q/health/ready").build()).status();
    }
}
