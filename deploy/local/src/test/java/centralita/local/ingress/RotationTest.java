package centralita.local.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean firstReady = new AtomicBoolean(true);
    private final AtomicBoolean secondReady = new AtomicBoolean(true);
    private HttpServer first;
    private HttpServer second;
    private Rotation rotation;

    @BeforeEach
    void twoGateways() {
        first = server(firstReady);
        second = server(secondReady);
        rotation = new Rotation(
                vertx,
                List.of(
                        new Upstream("gateway-1", Optional.of(Owner.GATEWAY), first.actualPort()),
                        new Upstream("gateway-2", Optional.of(Owner.GATEWAY), second.actualPort()),
                        new Upstream("orchestrator", Optional.of(Owner.ORCHESTRATOR), 1)));
    }

    @AfterEach
    void close() {
        done(vertx.close());
    }

    @Test
    void requestsGoToOneAfterAnother() {
        // When
        var ports = ports(4);

        // Then
        assertThat(ports)
                .containsExactly(first.actualPort(), second.actualPort(), first.actualPort(), second.actualPort());
    }

    @Test
    void oneThatTakesNoConnectionIsPassedOverAtOnce() {
        // Given
        done(first.close());

        // When
        var ports = ports(6);

        // Then
        assertThat(Set.copyOf(ports)).containsExactly(second.actualPort());
    }

    @Test
    void oneThatIsNotReadyGetsNothingWhileAnotherIsAndComesBack() {
        // Given
        firstReady.set(false);

        // When, then
        await().atMost(SOON).until(() -> Set.copyOf(ports(4)).equals(Set.of(second.actualPort())));
        firstReady.set(true);
        await().atMost(SOON).until(() -> new HashSet<>(ports(4)).size() == 2);
    }

    @Test
    void whenNoneIsReadyAllAreTried() {
        // Given
        firstReady.set(false);
        secondReady.set(false);
        await().atMost(SOON).pollDelay(Duration.ofMillis(1_500)).until(() -> true);

        // When
        var ports = ports(4);

        // Then
        assertThat(new HashSet<>(ports)).hasSize(2);
    }

    @Test
    void aServiceOfOneProcessIsNotAskedFirst() {
        // When
        var place = done(rotation.next(Owner.ORCHESTRATOR));

        // Then
        assertThat(place.port()).isEqualTo(1);
    }

    private List<Integer> ports(int count) {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            ports.add(done(rotation.next(Owner.GATEWAY)).port());
        }
        return ports;
    }

    private HttpServer server(AtomicBoolean ready) {
        return done(vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.response()
                        .setStatusCode(ready.get() ? 200 : 503)
                        .end())
                .listen());
    }

    private static <T> T done(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
