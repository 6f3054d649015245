package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.model.RealtimeClient.Judge;
import centralita.simulators.speech.Clips;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private ModelStandIn standIn;

    @BeforeEach
    void start() {
        standIn = ModelStandIn.start(ModelStandInOptions.defaults().withSpeed(Double.POSITIVE_INFINITY));
    }

    @AfterEach
    void stop() {
        standIn.close();
        http.close();
    }

    @Test
    void aSessionCanBeInspectedByTheClientsRequestId() throws Exception {
        // Given
        try (var client = RealtimeClient.connect(
                standIn, "gpt-realtime-2.1", Judge.GA, Map.of("X-Client-Request-Id", "call-7"))) {
            client.configure("{\"type\":\"server_vad\"}", "");
            var hello = Clips.recorded().get("en", "hello").mulaw();
            client.say(hello).quiet(700);
            client.await("response.done");
            // The answer is done before the last of the silence has come.
            Awaitility.await()
                    .until(() -> standIn.sessions("call-7").getFirst().audioReceivedBytes() == hello.length + 5_600);

            // When
            var sessions = new ObjectMapper().readTree(get("/stand-in/sessions?clientRequestId=call-7"));

            // Then
            assertThat(sessions).hasSize(1);
            var session = sessions.get(0);
            assertThat(session.get("scenario").asText()).isEqualTo("receptionist");
            assertThat(session.at("/items/0/heard/0").asText()).isEqualTo("en/hello");
            assertThat(session.at("/items/1/role").asText()).isEqualTo("assistant");
            assertThat(session.get("audioReceivedBytes").asInt()).isEqualTo(hello.length + 5_600);
            assertThat(session.at("/receivedEvents/session.update").isMissingNode())
                    .isFalse();
            assertThat(session.at("/usage/outputAudio").asInt()).isGreaterThan(0);
            var crc = new CRC32C();
            crc.update(hello);
            crc.update(centralita.simulators.speech.Mulaw.silence(700));
            assertThat(session.get("audioReceivedCrc32c").asText()).isEqualTo("%08x".formatted(crc.getValue()));
        }
        assertThat(new ObjectMapper().readTree(get("/stand-in/sessions?clientRequestId=other")))
                .isEmpty();
    }

    @Test
    void scenariosAndFaultsAreChosenByRest() throws Exception {
        assertThat(post("/stand-in/scenario", "{\"name\":\"rate-limited\"}")).isEqualTo(204);
        assertThat(post("/stand-in/scenario", "{\"name\":\"parrot\",\"for\":\"every\"}"))
                .isEqualTo(204);
        assertThat(post("/stand-in/faults", "{\"nextResponses\":[{\"do\":\"no_usage\"}]}"))
                .isEqualTo(204);
        assertThat(post(
                        "/stand-in/faults",
                        "{\"refuseHandshakes\":{\"count\":1,\"status\":429,\"retryAfterSeconds\":3}}"))
                .isEqualTo(204);
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime?model=m", Map.of("Authorization", "Bearer sk"))
                        .getStatus())
                .isEqualTo(429);
        try (var first = RealtimeClient.connect(standIn, "m")) {
            first.configure("null", "");
            assertThat(first.send("{\"type\":\"response.create\"}")
                            .await("response.done")
                            .at("/response/usage")
                            .isNull())
                    .isTrue();
        }
        try (var second = RealtimeClient.connect(standIn, "m")) {
            second.configure("null", "");
        }
        assertThat(standIn.sessions()).extracting(SessionRecord::scenario).containsExactly("rate-limited", "parrot");
    }

    @Test
    void ordersThatCannotBeCarriedOutAreRefused() throws Exception {
        for (var body : new String[] {
            "{\"name\":\"nonsense\"}",
            "no json",
            "{\"yaml\":\"rulez: 1\"}",
            "{\"name\":\"drop\",\"for\":\"ever\"}",
            "[]"
        }) {
            assertThat(post("/stand-in/scenario", body)).as(body).isEqualTo(400);
        }
        assertThat(post("/stand-in/faults", "{\"nextResponses\":[{\"do\":\"magic\"}]}"))
                .isEqualTo(400);
    }

    @Test
    void modelsAreListedForWhoHasAKey() throws Exception {
        assertThat(get("/v1/models")).contains("gpt-realtime-2.1");
        var request =
                HttpRequest.newBuilder(URI.create(standIn.apiUrl() + "/models")).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aPortThatIsTakenIsOneClearSentence() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> ModelStandIn.start(ModelStandInOptions.defaults().withPort(standIn.port())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model stand-in cannot listen on 127.0.0.1:" + standIn.port());
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standIn.port() + path))
                .header("Authorization", "Bearer sk")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private int post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standIn.port() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
