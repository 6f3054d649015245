package centralita.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiKeyTest {
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aKeyThatWorksIsAccepted() {
        check(Map.of("OPENAI_API_KEY", "sk-good", "OPENAI_API_BASE_URL", base));
        assertThat(asked.get()).isEqualTo("/v1/models Bearer sk-good");
    }

    @Test
    void aDeadKeyIsOneSentenceThatDoesNotRepeatIt() {
        status.set(401);
        assertThatThrownBy(() -> check(Map.of("OPENAI_API_KEY", "sk-dead", "OPENAI_API_BASE_URL", base)))
                .isInstanceOf(LaunchException.class)
                .hasMessage("OPENAI_API_KEY is refused by " + base
                        + " (401); set one that works, or unset it to talk to the stand-in.");
    }

    @Test
    void aServerThatCannotBeReachedIsOneSentence() {
        server.stop(0);
        assertThatThrownBy(() -> check(Map.of("OPENAI_API_KEY", "sk-any", "OPENAI_API_BASE_URL", base)))
                .hasMessage(
                        "OPENAI_API_KEY is set, but " + base + " cannot be reached; unset it to talk to the stand-in.");
    }

    @Test
    void nobodyIsAskedWhenTheRealtimeServerIsSomebodyElses() {
        assertThatCode(() -> check(Map.of(
                        "OPENAI_API_KEY",
                        "anything",
                        "OPENAI_API_BASE_URL",
                        base,
                        "OPENAI_REALTIME_URL",
                        "ws://127.0.0.1:9")))
                .doesNotThrowAnyException();
        check(Map.of());
        assertThat(asked.get()).isEmpty();
    }

    private static void check(Map<String, String> environment) {
        OpenAiKey.check(OutsideVariables.parse(environment));
    }
}
