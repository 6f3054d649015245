package centralita.gateway;

import static centralita.gateway.testing.Provider.fields;
import static centralita.gateway.testing.Provider.newCaller;
import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.BridgeEntry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** F-R6: who has more to do than he can sends new callers away, and keeps those whom he has. */
@QuarkusTest
class OverloadIT extends RunningGateway {
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    @Inject
    MediaLoop loop;

    @Inject
    BridgePool pool;

    @Test
    void aGatewayWhoseLoopIsLateTakesNoNewCallsKeepsItsOwnAndRecovers() {
        // Given: a call
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();
        var busy = new AtomicBoolean(true);
        try {
            // When
            loop.after(1, () -> keepBusy(busy));

            // Then
            var refused = Awaitility.await()
                    .atMost(RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(this::newCallAnswer, it -> !it.verbs().contains("Connect"));
            assertThat(refused.status()).isEqualTo(200);
            assertThat(refused.body()).contains("ocupadas");
            stream.media(audio(160, 5));
            assertThat(bridge.await(RecordKind.CALLER_AUDIO, session, 1)
                            .getFirst()
                            .body())
                    .isEqualTo(audio(160, 5));
            for (var probe : new String[] {"live", "ready"}) {
                RestAssured.get("/q/health/" + probe).then().statusCode(200);
            }
            assertThat(RestAssured.get("/q/metrics").asString())
                    .contains("centralita_strain{cause=\"loop\"} 1.0", "reason=\"overloaded\"");
        } finally {
            busy.set(false);
            // Also for the tests that follow in this process.
            Awaitility.await()
                    .atMost(RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> newCallAnswer().verbs().contains("Connect"));
        }
        assertThat(stream.closed()).isFalse();
    }

    /** The load itself, and not a wait for anything: hardly ever idle, and half a second passes until whoever waits has his turn. */
    private void keepBusy(AtomicBoolean busy) {
        if (busy.get()) {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            loop.after(1, () -> keepBusy(busy));
        }
    }

    @Test
    void aBridgeThatHasTooMuchToDoIsSentNoNewCallsAndTakesOneThatWouldElseBeLost() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", fields(callSid));
        provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, answer.callId());
        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();
            // Of two that are at ease the emptier one is chosen, always
            bridge.load(50);

            // When: seen by the pool, not told by the next call's bridge, which chance may have chosen before
            other.strain(true);
            Awaitility.await().until(() -> seenInPool(other) == BridgeEntry.State.STRAINED);

            // Then
            for (var i = 0; i < 5; i++) {
                assertThat(bridgeOfNewCall(other)).isSameAs(bridge);
            }

            // When
            bridge.close();

            // Then
            other.await(RecordKind.PREPARE, answer.callId());
            Awaitility.await().until(() -> !newCallAnswer().verbs().contains("Connect"));
            other.strain(false);
            Awaitility.await().until(() -> newCallAnswer().verbs().contains("Connect"));
        }
    }

    private BridgeEntry.@Nullable State seenInPool(ScriptedBridge bridge) {
        var seen = new CompletableFuture<Optional<BridgeEntry>>();
        loop.run(() -> seen.complete(pool.find(bridge.id())));
        return seen.orTimeout(10, TimeUnit.SECONDS)
                .join()
                .map(BridgeEntry::state)
                .orElse(null);
    }

    private ScriptedBridge bridgeOfNewCall(ScriptedBridge other) {
        var callId = newCallAnswer().callId();
        return Awaitility.await()
                .until(
                        () -> Stream.of(bridge, other)
                                .filter(it -> !it.of(RecordKind.PREPARE, callId).isEmpty())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private Provider.Answer newCallAnswer() {
        return provider.post("/webhook/twilio", fields(newCall(), newCaller()));
    }
}
