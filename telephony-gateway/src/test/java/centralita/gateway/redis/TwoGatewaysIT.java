package centralita.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.Direction;
import centralita.gateway.MediaLoop;
import centralita.gateway.testing.Settings;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TH-11: gateways that admit calls at the same time share one Redis, and give no room twice. */
class TwoGatewaysIT {
    private static final int ROUNDS = 50;
    private static final String NO_ROOM = "no-bridge";

    private final Gateway one = new Gateway();
    private final Gateway other = new Gateway();

    /** What a gateway asks Redis with: its own loop, connections and patience. */
    private static final class Gateway {
        final Vertx vertx = Vertx.vertx();
        final MediaLoop loop = MediaLoop.on(vertx);
        final Redis redis = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(System.getProperty("quarkus.redis.hosts"))
                        .setMaxPoolSize(8)
                        .setMaxPoolWaiting(4096));
        // Whether it is quick is not what is asked here.
        final AdmissionStore store = new AdmissionStore(new Questions(
                redis, loop, Settings.of(RedisConfig.class, Map.of("timeout-ms", "20000")), new SimpleMeterRegistry()));

        CompletableFuture<String> admit(int calls) {
            var answer = new CompletableFuture<String>();
            loop.run(() -> store.admit(claim(), new AdmissionStore.Most(calls, calls, -1, -1, -1, -1))
                    .onComplete(answer::complete, answer::completeExceptionally));
            return answer;
        }

        private static AdmissionStore.Claim claim() {
            var callSid = "CA" + UUID.randomUUID();
            return new AdmissionStore.Claim(
                    callSid, Direction.INBOUND, "caller-of-" + callSid, "openai", "a-model-of-two", 60_000);
        }

        void close() throws Exception {
            redis.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void empty() throws Exception {
        var keys = Request.cmd(Command.DEL)
                .arg(LiveKeys.ADMITTED_INBOUND)
                .arg(LiveKeys.ADMITTED_OUTBOUND)
                .arg(LiveKeys.admittedToModel("openai", "a-model-of-two"));
        one.redis.send(keys).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        empty();
        one.close();
        other.close();
    }

    @Test
    void theLastRoomIsGivenOnce() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            // Given
            empty();

            // When: both gateways ask for it at once
            var answers = List.of(one.admit(1), other.admit(1));

            // Then
            assertThat(told(answers)).as("round %d", round).containsExactlyInAnyOrder("admitted", NO_ROOM);
        }
    }

    @Test
    void aRushAtBothGatewaysFillsTheRoomAndNoMore() throws Exception {
        // When
        var answers = IntStream.range(0, 100)
                .mapToObj(_ -> Stream.of(one.admit(30), other.admit(30)))
                .flatMap(it -> it)
                .toList();

        // Then
        assertThat(told(answers).stream().filter("admitted"::equals)).hasSize(30);
        assertThat(told(answers).stream().filter(NO_ROOM::equals)).hasSize(170);
    }

    private static List<String> told(List<CompletableFuture<String>> answers) throws Exception {
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
