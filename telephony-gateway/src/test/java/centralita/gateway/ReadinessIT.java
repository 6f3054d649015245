package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-P5: who is asked whether he is ready says so, whatever his worker threads wait for. */
@QuarkusTest
class ReadinessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The framework's default. */
    private static final int WORKERS = Math.max(8 * Runtime.getRuntime().availableProcessors(), 200);

    @Inject
    Vertx vertx;

    @TestHTTPResource("/q/health/ready")
    URI ready;

    @Test
    void readinessIsAnsweredWhenEveryWorkerThreadIsBlocked() throws IOException, InterruptedException {
        // Given
        var release = new CountDownLatch(1);
        var blocked = new AtomicInteger();
        try (var client = HttpClient.newHttpClient()) {
            Awaitility.await("ready").atMost(PATIENCE).until(() -> ask(client) == 200);
            for (var i = 0; i < WORKERS + 50; i++) {
                vertx.executeBlocking(
                        () -> {
                            blocked.incrementAndGet();
                            release.await();
                            return null;
                        },
                        false);
            }
            Awaitility.await("all workers blocked").atMost(PATIENCE).until(() -> blocked.get() >= WORKERS);

            // When
            var status = ask(client);

            // Then
            assertThat(status).isEqualTo(200);
        } finally {
            release.countDown();
        }
    }

    private int ask(HttpClient client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(ready).timeout(PATIENCE).build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }
}
