package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetourTest {
    private static final int SOON_MS = 20_000;
    private static final int SHORT_MS = 300;

    private final Vertx vertx = Vertx.vertx();
    private Detour detour;

    @BeforeEach
    void anEchoBehindADetour() {
        int echo = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1"))
                .connectHandler(socket -> socket.handler(socket::write))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        detour = Detour.to(vertx, echo);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatGoesInComesBack() throws IOException {
        // Given
        try (var socket = connect()) {
            // When
            say(socket, "hello");

            // Then
            assertThat(hear(socket, 5)).isEqualTo("hello");
        }
    }

    @Test
    void aRefusedConnectionEndsAndIsTakenAgainLater() throws IOException {
        // Given
        try (var before = connect()) {
            say(before, "a");
            hear(before, 1);

            // When
            detour.refuse();

            // Then
            assertThat(before.getInputStream().read()).isEqualTo(-1);
            try (var refused = connect()) {
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            detour.open();
            try (var after = connect()) {
                say(after, "b");
                assertThat(hear(after, 1)).isEqualTo("b");
            }
        }
    }

    @Test
    void whatIsSwallowedIsNotAnsweredAndNotRefused() throws IOException {
        // Given
        try (var socket = connect()) {
            say(socket, "a");
            hear(socket, 1);

            // When
            detour.swallow();
            say(socket, "b");

            // Then
            socket.setSoTimeout(SHORT_MS);
            assertThatThrownBy(() -> hear(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void answersComeLaterWhenItIsSlow() throws IOException {
        // Given
        detour.slowDown(Duration.ofMillis(SHORT_MS));
        try (var socket = connect()) {
            // When
            long began = System.nanoTime();
            say(socket, "a");
            hear(socket, 1);

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(SHORT_MS));
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", detour.port());
        socket.setSoTimeout(SOON_MS);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }
}
