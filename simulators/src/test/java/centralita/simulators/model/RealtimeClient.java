package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.oracles.OpenAiOracle;
import centralita.simulators.speech.Mulaw;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of the stand-in that holds every event it gets against the vendor's own models. */
final class RealtimeClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Vertx VERTX = Vertx.vertx();

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Judge judge;
    private volatile WebSocket socket;
    private int seen;

    /** Says whether frames are what a server of the dialect may send. */
    enum Judge {
        GA {
            @Override
            void check(String frame) {
                OpenAiOracle.assertServerEvent(frame);
            }
        },
        BETA {
            @Override
            void check(String frame) {
                OpenAiOracle.assertBetaServerEvent(frame);
            }
        },
        /** For scenarios that send garbage on purpose. */
        NONE {
            @Override
            void check(String frame) {}
        };

        abstract void check(String frame);
    }

    private RealtimeClient(Judge judge) {
        this.judge = judge;
    }

    static RealtimeClient connect(ModelStandIn standIn, String model) {
        return connect(standIn, model, Judge.GA, Map.of());
    }

    static RealtimeClient connect(ModelStandIn standIn, String model, Judge judge, Map<String, String> headers) {
        var client = new RealtimeClient(judge);
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(standIn.port())
                .setURI("/v1/realtime?model=" + model)
                .addHeader("Authorization", "Bearer sk-test");
        headers.forEach(options::putHeader);
        var webSocketClient = VERTX.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(24 * 1_048_576).setMaxMessageSize(24 * 1_048_576));
        var connecting = webSocketClient.webSocket();
        connecting.textMessageHandler(client::received);
        connecting.exceptionHandler(_ -> {});
        connecting.closeHandler(_ -> client.closed.complete(
                connecting.closeStatusCode() == null ? 1006 : (int) connecting.closeStatusCode()));
        // On the socket's own loop: from elsewhere its first frame may come before its handlers are set.
        var opened = new CompletableFuture<WebSocket>();
        VERTX.runOnContext(
                _ -> connecting.connect(options).onSuccess(opened::complete).onFailure(opened::completeExceptionally));
        client.socket = opened.join();
        return client;
    }

    /** @return the HTTP answer of a handshake that is refused */
    static UpgradeRejectedException refused(ModelStandIn standIn, String uri, Map<String, String> headers) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(standIn.port())
                .setURI(uri);
        headers.forEach(options::putHeader);
        try {
            VERTX.createWebSocketClient()
                    .connect(options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            return (UpgradeRejectedException) e.getCause();
        }
        throw new AssertionError("the handshake was not refused");
    }

    private void received(String frame) {
        frames.add(frame);
        try {
            events.add(JSON.readTree(frame));
        } catch (JsonProcessingException e) {
            events.add(JSON.createObjectNode().put("type", "not json"));
        }
    }

    RealtimeClient send(String json) {
        socket.writeTextMessage(json);
        return this;
    }

    /** Sends a message as a first frame and continuations of 1,000 characters. */
    void sendInPieces(String json) {
        for (int at = 0; at < json.length(); at += 1_000) {
            int end = Math.min(at + 1_000, json.length());
            var piece = json.substring(at, end);
            boolean last = end == json.length();
            socket.writeFrame(
                    at == 0
                            ? io.vertx.core.http.WebSocketFrame.textFrame(piece, last)
                            : io.vertx.core.http.WebSocketFrame.continuationFrame(
                                    io.vertx.core.buffer.Buffer.buffer(piece), last));
        }
    }

    void sendBinary() {
        socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer("x"));
    }

    /** An ordinary session of a telephone call, with more of whatever the test needs. */
    RealtimeClient configure(String turnDetection, String more) {
        send("""
            {"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcmu"},
             "transcription":{"model":"gpt-transcribe","language":"en"},"turn_detection":%s},
             "output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}%s}}""".formatted(turnDetection, more));
        await("session.updated");
        return this;
    }

    /** Sends audio in frames of 20 ms, as fast as it can. */
    RealtimeClient say(byte[] mulaw) {
        for (int at = 0; at < mulaw.length; at += 160) {
            var frame = java.util.Arrays.copyOfRange(mulaw, at, Math.min(at + 160, mulaw.length));
            send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"%s\"}"
                    .formatted(Base64.getEncoder().encodeToString(frame)));
        }
        return this;
    }

    RealtimeClient quiet(int ms) {
        return say(Mulaw.silence(ms));
    }

    /** Waits for the next event of a type, after those that were awaited before. */
    JsonNode await(String type) {
        return await(event -> event.path("type").asText().equals(type), type);
    }

    JsonNode await(Predicate<JsonNode> wanted, String name) {
        var found = new CompletableFuture<JsonNode>();
        org.awaitility.Awaitility.await(name)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    while (seen < events.size()) {
                        var event = events.get(seen++);
                        if (wanted.test(event)) {
                            return found.complete(event);
                        }
                    }
                    return false;
                });
        return found.join();
    }

    JsonNode awaitError(String code) {
        return await(
                        event -> event.path("type").asText().equals("error")
                                && event.at("/error/code").asText().equals(code),
                        "error " + code)
                .get("error");
    }

    int awaitClose() {
        awaitDone(closed);
        return closed.join();
    }

    private static void awaitDone(CompletableFuture<?> future) {
        assertThat(future).succeedsWithin(PATIENCE);
    }

    List<JsonNode> events() {
        return events;
    }

    List<String> types() {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    List<JsonNode> events(String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    /** All audio of an item, in the output format. */
    byte[] audio(String itemId) {
        var audio = new ByteArrayOutputStream();
        events("response.output_audio.delta").stream()
                .filter(event -> event.get("item_id").asText().equals(itemId))
                .forEach(event -> audio.writeBytes(
                        Base64.getDecoder().decode(event.get("delta").asText())));
        return audio.toByteArray();
    }

    /** Holds all frames against the vendor's models, then leaves. */
    @Override
    public void close() {
        socket.close();
        awaitDone(closed);
        frames.forEach(judge::check);
        assertThat(events).isNotEmpty();
    }
}
