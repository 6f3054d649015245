package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveKeys;
import centralita.simulators.names.ResolverStandIn;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** F-R8: a resolver that answers nobody. */
@QuarkusTest
class ResolverAwayIT extends RunningGateway {
    /** Less than a lookup waits for the resolver. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final String named = "named-" + UUID.randomUUID();

    @AfterEach
    void theResolverIsBack() {
        ResolverStandIn.hang(false);
        redis.set(String.class).srem(LiveKeys.BRIDGES, named);
        redis.key().del(LiveKeys.bridge(named));
    }

    @Test
    void aBridgeUnderANameThatNobodyKnowsYetHoldsUpNoCaller() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();
        ResolverStandIn.hang(true);

        // When
        var host = named + ".example.test";
        var entry = new BridgeEntry(
                named, "ws://" + host + ":1", 0, 0, 100, BridgeEntry.State.READY, System.currentTimeMillis());
        redis.hash(String.class).hset(LiveKeys.bridge(named), entry.toFields());
        redis.set(String.class).sadd(LiveKeys.BRIDGES, named);
        Awaitility.await().until(() -> ResolverStandIn.wasAsked(host));
        stream.media(new byte[160]);

        // Then
        Awaitility.await()
                .atMost(SOON)
                .until(() -> !bridge.of(RecordKind.CALLER_AUDIO, session).isEmpty());
        assertThat(stream.closed()).isFalse();
    }
}
