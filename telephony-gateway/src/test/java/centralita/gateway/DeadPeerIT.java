package centralita.gateway;

import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.ProviderStream;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that stop reading, stop answering or stop sending in the middle. With short patience, so that it is soon told. */
@QuarkusTest
@TestProfile(DeadPeerIT.Impatient.class)
class DeadPeerIT {
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gateway.head-timeout-ms", "1500",
                    "gateway.body-timeout-ms", "2000",
                    "gateway.media-stream.gap-warn-ms", "500",
                    "gateway.media-stream.gap-dead-ms", "4000",
                    "gateway.media-stream.write-stall-ms", "1000",
                    // More than the kernel and our own queue take, at once.
                    "gateway.media-stream.play-ahead-ms", "60000",
                    "gateway.media-stream.play-queue-bytes", "4000000");
        }
    }

    private static final int DRIPPERS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    @Inject
    MeterRegistry meters;

    private int port;
    private Provider provider;
    private ScriptedBridge bridge;

    @BeforeEach
    void begin() {
        port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        provider = new Provider(port);
        Assistants.answerAllCalls(redis);
        bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis);
        bridge.awaitLink();
    }

    @AfterEach
    void end() {
        bridge.close();
        provider.close();
    }

    @Test
    void aPeerThatDoesNotReadLosesItsStreamAndNobodyElseDoes() {
        // Given: F-R2
        var deaf = call();
        var good = call();
        var foundBefore = count("centralita.media.stream.stalls") + count("centralita.media.stream.dead");
        deaf.stream.freeze();

        // When: a minute of audio, which fits into no buffer on the way
        for (var i = 0; i < 60; i++) {
            bridge.send(deaf.session, 1, RecordKind.PLAY, audio(8000, 3));
        }

        // Then
        awaitLost(deaf);
        // By what it does not take or by what it does not answer, whichever is noticed first.
        assertThat(count("centralita.media.stream.stalls") + count("centralita.media.stream.dead"))
                .isEqualTo(foundBefore + 1);
        bridge.send(good.session, 1, RecordKind.PLAY, audio(1600, 5));
        good.stream.awaitBytes(1600);
        hangUp(good);
        hangUp(deaf);
    }

    @Test
    void aPeerWithoutASignOfLifeIsDeadAndOneThatIsOnlySilentIsNot() {
        // Given: F-W5, F-R7: neither sends audio, one answers pings
        var dead = call();
        var silent = call();
        var deadBefore = count("centralita.media.stream.dead");

        // When
        dead.stream.freeze();

        // Then: the silent one has had as much time
        awaitLost(dead);
        assertThat(count("centralita.media.stream.dead")).isEqualTo(deadBefore + 1);
        silent.stream.media(audio(160, 9));
        assertThat(bridge.await(RecordKind.CALLER_AUDIO, silent.session, 1)
                        .getFirst()
                        .body())
                .isEqualTo(audio(160, 9));
        hangUp(silent);
        hangUp(dead);
    }

    @Test
    void aBodyThatNeverComesIsAnsweredWith408AndTheConnectionIsClosed() throws IOException {
        // Given: F-R4
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());

            // When
            socket.getOutputStream()
                    .write(("POST /webhook/twilio HTTP/1.1\r\n"
                                    + "Host: voice.example.test\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\n"
                                    + "Content-Length: 100\r\n\r\n"
                                    + "CallSid=")
                            .getBytes(StandardCharsets.US_ASCII));

            // Then: the answer, and the end of the connection
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void peersThatDripTheirHeadersAreClosedAndWebhooksAreAnsweredMeanwhile() throws Exception {
        // Given: F-R4: none of them is ever idle, and each has had an answer before
        provider.post("/webhook/twilio", Provider.fields(Provider.newCallSid()));
        var closedBefore = count("slow.heads");
        var good = call();
        var drippers = new ArrayList<Socket>();
        try {
            for (var i = 0; i < DRIPPERS; i++) {
                var socket = new Socket("127.0.0.1", port);
                drippers.add(socket);
                if (i % 2 == 0) {
                    send(socket, "GET /q/health/live HTTP/1.1\r\nHost: voice.example.test\r\n\r\n");
                }
                send(socket, "POST /webhook/twilio HTTP/1.1\r\nHost: voice.example.test\r\nX-Drip: ");
            }

            // When, then: webhooks are answered while all of them drip
            assertThat(provider.post("/webhook/twilio", Provider.fields(Provider.newCallSid()))
                            .status())
                    .isEqualTo(200);
            Awaitility.await("all drippers are closed").atMost(PATIENCE).until(() -> {
                drippers.removeIf(socket -> !drips(socket));
                return drippers.isEmpty();
            });
            assertThat(count("slow.heads")).isEqualTo(closedBefore + DRIPPERS);

            // Then: a stream that has been open for longer is not
            good.stream.media(audio(160, 4));
            assertThat(bridge.await(RecordKind.CALLER_AUDIO, good.session, 1)
                            .getFirst()
                            .body())
                    .isEqualTo(audio(160, 4));
            hangUp(good);
        } finally {
            for (var socket : drippers) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectionThatWaitsBetweenTwoRequestsIsKept() throws Exception {
        // Given: F-R4: an answer, and then a longer silence than a head may take
        provider.post("/webhook/twilio", Provider.fields(Provider.newCallSid()));
        try (var keeping = new Socket("127.0.0.1", port)) {
            keeping.setSoTimeout((int) PATIENCE.toMillis());
            var request = "GET /q/health/live HTTP/1.1\r\nHost: voice.example.test\r\n\r\n";
            send(keeping, request);
            var answers =
                    new BufferedReader(new InputStreamReader(keeping.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).isEqualTo("HTTP/1.1 200 OK");

            // When: it is silent until one that drips since is closed
            try (var dripping = new Socket("127.0.0.1", port)) {
                send(dripping, "GET / HTTP/1.1\r\nX-Drip: ");
                Awaitility.await().atMost(PATIENCE).until(() -> !drips(dripping));
            }
            send(keeping, request);

            // Then: it begins behind the first one's body, which ends without a new line
            var line = answers.readLine();
            while (line != null && !line.endsWith("HTTP/1.1 200 OK")) {
                line = answers.readLine();
            }
            assertThat(line).endsWith("HTTP/1.1 200 OK");
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** One byte more. @return false when the connection is closed */
    private static boolean drips(Socket socket) {
        try {
            send(socket, "x");
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private record Call(String callSid, UUID callId, ProviderStream stream, int session) {}

    private Call call() {
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.openSmall(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();
        return new Call(callSid, answer.callId(), stream, session);
    }

    private void awaitLost(Call call) {
        var ended = Awaitility.await("the end of a stream")
                .atMost(PATIENCE)
                .until(() -> events.of(call.callId, CallFact.MediaStreamEnded.class), found -> !found.isEmpty());
        assertThat(ended.getFirst().reason()).isEqualTo("lost");
    }

    private double count(String counter) {
        return meters.counter(counter).count();
    }

    private void hangUp(Call call) {
        provider.hangUp(call.callSid);
    }
}
