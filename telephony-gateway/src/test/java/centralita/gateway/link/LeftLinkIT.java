package centralita.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkGate;
import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.testing.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F-B1, F-P6: a link that is not wanted any more by the time its bridge answers. */
class LeftLinkIT {
    private static final String SECRET = "a-secret-of-the-tests";
    private static final Map<String, String> SETTINGS = Map.of(
            "link-secret", SECRET,
            "auth-token", "not-asked-for",
            "number-hash-key", "not-asked-for-either",
            "public-base-url", "https://calls.example.com",
            "spool-directory", "target");
    private static final short GOING_AWAY = 1001;
    private static final long PATIENCE_S = 20;

    private final Vertx vertx = Vertx.vertx();
    private final MediaLoop loop = MediaLoop.on(vertx);
    private final LinkGate gate = new LinkGate(SECRET, Clock.systemUTC());
    private final CompletableFuture<HttpServerRequest> knocked = new CompletableFuture<>();
    private AudioLinks links;
    private String address;

    @BeforeEach
    void listen() throws Exception {
        links = new AudioLinks(
                loop,
                Settings.of(LinkConfig.class, Map.of("connect-timeout-ms", "20000")),
                Settings.of(GatewayConfig.class, SETTINGS),
                new SimpleMeterRegistry());
        var server = vertx.createHttpServer().requestHandler(request -> {
            request.pause();
            knocked.complete(request);
        });
        var port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_S, TimeUnit.SECONDS)
                .actualPort();
        address = "ws://127.0.0.1:" + port;
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void isClosedInOrderWhenTheBridgeAnswers() throws Exception {
        // Given
        onLoop(() -> {
            links.expect(Set.of(address));
            return true;
        });
        var request = knocked.get(PATIENCE_S, TimeUnit.SECONDS);

        // When
        onLoop(() -> {
            links.expect(List.of());
            return true;
        });
        var closed = answer(request);

        // Then
        assertThat(closed.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(GOING_AWAY);
        assertThat(onLoop(() -> links.alive(address))).isFalse();
    }

    /** The bridge lets the gateway in. @return the code with which the gateway closes */
    private CompletableFuture<Short> answer(HttpServerRequest request) {
        var closed = new CompletableFuture<Short>();
        var admitted = (LinkGate.Entry.Admitted) gate.admit(request.getHeader("Authorization"), address);
        request.response().putHeader(LinkGate.PROOF_HEADER, admitted.proof());
        request.toWebSocket()
                .onSuccess(
                        (ServerWebSocket socket) -> socket.closeHandler(_ -> closed.complete(socket.closeStatusCode())))
                .onFailure(closed::completeExceptionally);
        return closed;
    }

    private <T> T onLoop(Supplier<T> task) throws Exception {
        var done = new CompletableFuture<T>();
        loop.run(() -> done.complete(task.get()));
        return done.get(PATIENCE_S, TimeUnit.SECONDS);
    }
}
