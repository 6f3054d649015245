package centralita.local.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngressTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final AtomicBoolean READY = new AtomicBoolean(true);
    private static HttpServer gateway;
    private static HttpServer orchestrator;
    private static Ingress ingress;

    @BeforeAll
    static void start() {
        gateway = await(VERTX.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> {
                    if (request.path().startsWith("/media-stream/")) {
                        request.toWebSocket().onSuccess(socket -> {
                            socket.textMessageHandler(text -> socket.writeTextMessage(request.uri() + " " + text));
                            socket.binaryMessageHandler(socket::writeBinaryMessage);
                        });
                    } else {
                        request.body()
                                .onSuccess(body -> request.response()
                                        .putHeader(
                                                "X-Signature-Seen",
                                                String.valueOf(request.getHeader("X-Twilio-Signature")))
                                        .end(request.method() + " " + request.uri() + "\n" + body));
                    }
                })
                .listen());
        orchestrator = await(VERTX.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.response()
                        .setStatusCode(request.path().equals("/q/health/ready") && !READY.get() ? 503 : 200)
                        .end("orchestrator " + request.uri()))
                .listen());
        ingress = Ingress.listen(
                VERTX,
                List.of(
                        new Upstream("telephony-gateway", Optional.of(Owner.GATEWAY), gateway.actualPort()),
                        new Upstream("call-orchestrator", Optional.of(Owner.ORCHESTRATOR), orchestrator.actualPort()),
                        new Upstream("campaign-service", Optional.of(Owner.CAMPAIGN), closedPort())),
                0);
    }

    @AfterAll
    static void stop() {
        ingress.close();
        await(VERTX.close());
    }

    @Test
    void pathsAndQueriesPassByteForByte() {
        for (var target : List.of(
                "/webhook/twilio?a=%2F%2f&b=+x%20y&c=%C3%B1&empty=&flag",
                "/webhook/twilio//after-stream/%7Bx%7D;v=1", "/webhook/./twilio/../x?q=a%26b=c", "/webhook/twilio?")) {
            assertThat(raw("127.0.0.1", "GET " + target + " HTTP/1.1\r\nHost: voice.example.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("GET " + target + "\n");
        }
    }

    @Test
    void bodiesAndSignaturesPassUnchanged() {
        var body = "From=%2B34600000001&Body=a+b%20c&Digits=";
        assertThat(raw(
                        "127.0.0.1",
                        "POST /webhook/twilio HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: abc/+=\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body))
                .contains("X-Signature-Seen: abc/+=", "POST /webhook/twilio\n" + body);
    }

    @Test
    void webSocketsPassWithTheirTargetAndTheirFrames() throws Exception {
        // Given
        var client = VERTX.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1 << 20));
        var socket = await(client.connect(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(ingress.port())
                .setURI("/media-stream/abc%2Bdef~x.y")));
        var texts = new ArrayList<String>();
        var answered = new CompletableFuture<Integer>();
        socket.textMessageHandler(text -> {
            texts.add(text);
            if (texts.size() == 500) {
                answered.complete(texts.size());
            }
        });

        // When
        for (int i = 0; i < 500; i++) {
            socket.writeTextMessage("{\"sequence\":" + i + "}");
        }

        // Then
        answered.get(30, TimeUnit.SECONDS);
        for (int i = 0; i < 500; i++) {
            assertThat(texts.get(i)).isEqualTo("/media-stream/abc%2Bdef~x.y {\"sequence\":" + i + "}");
        }

        // When
        var big = Buffer.buffer(new byte[60_000]);
        var echoed = new CompletableFuture<Integer>();
        socket.binaryMessageHandler(message -> echoed.complete(message.length()));
        socket.writeBinaryMessage(big);

        // Then
        assertThat(echoed.get(30, TimeUnit.SECONDS)).isEqualTo(60_000);
        await(socket.close());
        await(client.close());
    }

    @Test
    void manySocketsAtOnceAreHeldOpen() {
        var client = VERTX.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(400));
        var sockets = new ArrayList<io.vertx.core.http.WebSocket>();
        for (int i = 0; i < 300; i++) {
            sockets.add(await(client.connect(ingress.port(), "127.0.0.1", "/media-stream/" + i)));
        }
        var echoes = sockets.stream()
                .map(socket -> {
                    var echo = new CompletableFuture<String>();
                    socket.textMessageHandler(echo::complete);
                    socket.writeTextMessage("x");
                    return echo;
                })
                .toList();
        for (int i = 0; i < echoes.size(); i++) {
            assertThat(echoes.get(i).orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("/media-stream/" + i + " x");
        }
        await(client.close());
    }

    @Test
    void theSuiteIsReadyWhenEveryServiceIs() throws Exception {
        // One of the three does not even listen.
        assertThat(get("/q/health/ready"))
                .startsWith("HTTP/1.1 503")
                .contains(
                        "{\"name\":\"call-orchestrator\",\"status\":\"UP\"}",
                        "{\"name\":\"campaign-service\",\"status\":\"DOWN\"}");
        try (var ready = Ingress.listen(
                VERTX,
                List.of(new Upstream("call-orchestrator", Optional.of(Owner.ORCHESTRATOR), orchestrator.actualPort())),
                0)) {
            assertThat(raw("127.0.0.1", ready.port(), "GET /q/health/ready HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            READY.set(false);
            assertThat(raw("127.0.0.1", ready.port(), "GET /q/health/ready HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 503");
        } finally {
            READY.set(true);
        }
    }

    @Test
    void aServiceThatIsNotThereIsABadGatewayAndAPathOfNobodyIsNotFound() {
        assertThat(get("/campaigns")).startsWith("HTTP/1.1 502");
        assertThat(get("/q/metrics")).startsWith("HTTP/1.1 404").contains("NO_SUCH_PATH");
        assertThat(get("/callsign")).startsWith("HTTP/1.1 404");
    }

    @Test
    void theFirstPageSaysWhatThereIs() {
        assertThat(get("/"))
                .startsWith("HTTP/1.1 200")
                .contains("http://127.0.0.1:" + gateway.actualPort() + "/q/openapi", "/q/health/ready");
    }

    @Test
    void aBusyPortIsOneSentence() throws IOException {
        try (var other = new ServerSocket(0)) {
            assertThatThrownBy(() -> Ingress.requireFree(other.getLocalPort()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessage("Port " + other.getLocalPort()
                            + " is in use by another program: end that one, or choose another port with --port.");
        }
    }

    private static String get(String path) {
        return raw("127.0.0.1", "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private static String raw(String host, String request) {
        return raw(host, ingress.port(), request);
    }

    /** What comes back when these very bytes are sent: a client would tidy them up first. */
    private static String raw(String host, int port, String request) {
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout(30_000);
            var closing = request.replaceFirst("\r\nHost:", "\r\nConnection: close\r\nHost:");
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int closedPort() {
        return centralita.embedded.FreePorts.find(1)[0];
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
