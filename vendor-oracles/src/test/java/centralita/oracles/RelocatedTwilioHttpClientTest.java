package centralita.oracles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelocatedTwilioHttpClientTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status;
    private String answer;

    record Asked(String method, String target, String authorization, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theHelperReadsACallFromAnotherServer() {
        // Given
        status = 200;
        answer = "{\"sid\":\"CA00000000000000000000000000000002\",\"status\":\"in-progress\"}";
        var client = RelocatedTwilioHttpClient.restClient(base(), ACCOUNT, "secret");

        // When
        var call = Call.fetcher("CA00000000000000000000000000000002").fetch(client);

        // Then
        assertThat(call.getStatus()).isEqualTo(Call.Status.IN_PROGRESS);
        assertThat(asked)
                .containsExactly(new Asked(
                        "GET",
                        "/2010-04-01/Accounts/" + ACCOUNT + "/Calls/CA00000000000000000000000000000002.json",
                        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpzZWNyZXQ=",
                        ""));
    }

    @Test
    void anAnswerOf503IsNotTakenForLeaveToAskAgain() {
        // Given
        status = 503;
        answer = "{\"code\":20503,\"message\":\"unavailable\",\"status\":503}";
        var client = RelocatedTwilioHttpClient.restClient(base(), ACCOUNT, "secret");
        var creation = Call.creator(
                new PhoneNumber("+15005550006"),
                new PhoneNumber("+15005550001"),
                URI.create("https://voice.example.test/x"));

        // When
        assertThatThrownBy(() -> creation.create(client)).isInstanceOf(ApiException.class);

        // Then
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().method()).isEqualTo("POST");
        assertThat(asked.getFirst().body()).contains("To=%2B15005550006", "From=%2B15005550001");
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
