package centralita.mediasocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.impl.ContextInternal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The framework's look for idle connections does not see what takes the short way, so it must not end such a socket. */
class IdleTimeoutTest {
    private static final int IDLE_SECONDS = 3;
    private static final int LONGEST_TAKEN = 1_000;

    private final AtomicInteger heardByServer = new AtomicInteger();
    private final AtomicInteger heardByClient = new AtomicInteger();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void aSocketWhoseFramesTakeTheShortWayOutlivesTheIdleTimeoutOfBothEnds() throws Exception {
        // Given
        var port = await(serve());

        // When
        await(connect(port));

        // Then
        assertThat(closedWithin(3 * IDLE_SECONDS)).isEmpty();
        assertThat(heardByServer).hasValueGreaterThan(50);
        assertThat(heardByClient).hasValueGreaterThan(50);
    }

    private Optional<String> closedWithin(int seconds) {
        return Optional.ofNullable(
                closed.completeOnTimeout(null, seconds, TimeUnit.SECONDS).join());
    }

    private Future<Integer> serve() {
        var options = new HttpServerOptions().setHost("127.0.0.1").setIdleTimeout(IDLE_SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.toWebSocket().onSuccess(socket -> {
                    var media = MediaSocket.ofServer(
                            socket,
                            request.connection(),
                            pass(),
                            LONGEST_TAKEN,
                            (_, _, _) -> heardByServer.incrementAndGet());
                    socket.frameHandler(_ -> {});
                    socket.closeHandler(_ -> closed.complete("by the server"));
                    speak(media);
                }))
                .listen(0)
                .map(server -> server.actualPort());
    }

    private Future<?> connect(int port) {
        var options = new WebSocketClientOptions().setIdleTimeout(IDLE_SECONDS);
        return vertx.createWebSocketClient(options)
                .connect(port, "127.0.0.1", "/")
                .onSuccess(socket -> {
                    var media = MediaSocket.ofClient(
                            socket, pass(), LONGEST_TAKEN, (_, _, _) -> heardByClient.incrementAndGet());
                    socket.frameHandler(_ -> {});
                    socket.closeHandler(_ -> closed.complete("by the client"));
                    speak(media);
                });
    }

    private LoopPass pass() {
        return new LoopPass(((ContextInternal) Vertx.currentContext()).nettyEventLoop(), 0);
    }

    private void speak(MediaSocket media) {
        vertx.setPeriodic(20, _ -> media.outlet().binary(new byte[160], 0, 160));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
