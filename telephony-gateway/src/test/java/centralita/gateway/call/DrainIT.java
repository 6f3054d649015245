package centralita.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.json.ContractsJson;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** A gateway that stops, in an application of its own, because there is no way back. */
@QuarkusTest
@TestProfile(DrainIT.Alone.class)
class DrainIT {
    public static class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.drain-patience-ms", "100");
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
    void aStoppingGatewayIsNotReadyClosesItsStreamsInOrderAndEndsNoCall() throws InterruptedException {
        // Given
        redis.value(String.class).set(LiveKeys.number("*"), Assistants.SPANISH.assistantId());
        redis.value(String.class)
                .set(LiveKeys.assistant(Assistants.SPANISH.assistantId()), ContractsJson.write(Assistants.SPANISH));
        try (var provider = new Provider(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
                var bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            bridge.awaitLink();
            var callSid = Provider.newCallSid();
            var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
            var stream = provider.open(answer.streamUrl()).start(callSid);
            var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();
            Awaitility.await("ready").until(() -> ready(provider) == 200);

            // When
            drain.leave(new ShutdownEvent());

            // Then: the provider asks what comes next; the bridge keeps the call and sees a link that was closed
            assertThat(stream.awaitClose()).isEqualTo(1001);
            assertThat(bridge.await(RecordKind.DETACHED, session, 1)
                            .getFirst()
                            .as(LinkControl.Detached.class)
                            .reason())
                    .isEqualTo("lost");
            assertThat(bridge.awaitLinkClose()).isEqualTo(1001);
            assertThat(ready(provider)).isEqualTo(503);
            assertThat(events.of(answer.callId(), CallFact.MediaStreamEnded.class))
                    .hasSize(1);
            assertThat(events.of(answer.callId(), CallFact.Ended.class)).isEmpty();
        }
    }

    private static int ready(Provider provider) {
        return provider.send(provider.request("/q/health/ready").build()).status();
    }
}
