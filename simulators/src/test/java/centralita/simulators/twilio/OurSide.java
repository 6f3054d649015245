package centralita.simulators.twilio;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** What Twilio talks to: a small server of webhooks and media streams that remembers everything it was told. */
public final class OurSide implements AutoCloseable {
    /** @param url as Twilio must have signed it; @param fields of the form, or of the query of a GET */
    public record Request(String method, String url, Map<String, String> fields, String signature, String idempotency) {
        public String field(String name) {
            return fields.getOrDefault(name, "absent");
        }

        public String path() {
            return URI.create(url).getPath();
        }
    }

    /** An answer that is not TwiML. */
    public record Answer(int status, String contentType, byte[] body, long delayMs) {}

    /** One media stream, seen from our side. */
    public static final class Stream {
        public final String path;
        public final String signature;
        public final Map<String, String> headers;
        public final Queue<JsonObject> received = new ConcurrentLinkedQueue<>();
        public volatile boolean closed;
        private final ServerWebSocket socket;

        Stream(ServerWebSocket socket) {
            this.socket = socket;
            this.path = socket.path();
            this.signature = String.valueOf(socket.headers().get("X-Twilio-Signature"));
            var all = new LinkedHashMap<String, String>();
            socket.headers().forEach(header -> all.put(header.getKey().toLowerCase(), header.getValue()));
            this.headers = all;
        }

        public List<JsonObject> events(String name) {
            return received.stream()
                    .filter(message -> name.equals(message.getString("event")))
                    .toList();
        }

        public String sid() {
            return events("start").getFirst().getString("streamSid");
        }

        public void send(JsonObject message) {
            socket.writeTextMessage(message.encode());
        }

        public void sendText(String text) {
            socket.writeTextMessage(text);
        }

        public void play(byte[] mulaw) {
            var payload = java.util.Base64.getEncoder().encodeToString(mulaw);
            send(message("media").put("media", new JsonObject().put("payload", payload)));
        }

        public void mark(String name) {
            send(message("mark").put("mark", new JsonObject().put("name", name)));
        }

        public void clear() {
            send(message("clear"));
        }

        private JsonObject message(String event) {
            return new JsonObject().put("event", event).put("streamSid", sid());
        }

        public void close() {
            socket.close();
        }

        public void cut() {
            ((io.vertx.core.http.impl.WebSocketInternal) socket)
                    .channelHandlerContext()
                    .close();
        }
    }

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private final Map<String, Function<Request, Object>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile BiConsumer<Stream, JsonObject> listener = (stream, message) -> {};
    private volatile int upgradeStatus = 101;

    public OurSide() {
        var server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0));
        server.requestHandler(this::webhook).webSocketHandshakeHandler(handshake -> {
            if (upgradeStatus == 101) {
                handshake.accept();
            } else {
                handshake.reject(upgradeStatus);
            }
        });
        server.webSocketHandler(this::stream);
        port = server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** @param twiml the content of {@code <Response>} */
    public OurSide answers(String path, String twiml) {
        return answersBy(path, request -> "<Response>" + twiml + "</Response>");
    }

    /** @param answer gives a whole document, or an {@link Answer} */
    public OurSide answersBy(String path, Function<Request, Object> answer) {
        answers.put(path, answer);
        return this;
    }

    public void onStreamMessage(BiConsumer<Stream, JsonObject> listener) {
        this.listener = listener;
    }

    public void refuseStreamsWith(int status) {
        upgradeStatus = status;
    }

    public List<Request> requests() {
        return requests;
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public List<Stream> streams() {
        return streams;
    }

    private void webhook(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var fields = new LinkedHashMap<String, String>();
            var form = body.toString();
            Consumer<String> read = text -> {
                for (var pair : text.split("&")) {
                    if (!pair.isEmpty()) {
                        var equals = pair.indexOf('=');
                        fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                    }
                }
            };
            read.accept(form.isEmpty() && request.query() != null ? request.query() : form);
            var seen = new Request(
                    request.method().name(),
                    baseUrl() + request.uri(),
                    fields,
                    String.valueOf(request.getHeader("X-Twilio-Signature")),
                    String.valueOf(request.getHeader("I-Twilio-Idempotency-Token")));
            requests.add(seen);
            var answer = answers.getOrDefault(request.path(), any -> new Answer(404, "text/plain", new byte[0], 0));
            reply(request, answer.apply(seen));
        });
    }

    private void reply(HttpServerRequest request, Object given) {
        var answer = given instanceof Answer already
                ? already
                : new Answer(
                        200,
                        "text/xml; charset=utf-8",
                        utf8(requireNonNull(given).toString()),
                        0);
        Runnable send = () -> request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .end(io.vertx.core.buffer.Buffer.buffer(answer.body()));
        if (answer.delayMs() > 0) {
            vertx.setTimer(answer.delayMs(), timer -> send.run());
        } else {
            send.run();
        }
    }

    private void stream(ServerWebSocket socket) {
        var stream = new Stream(socket);
        streams.add(stream);
        socket.textMessageHandler(text -> {
            var message = new JsonObject(text);
            stream.received.add(message);
            listener.accept(stream, message);
        });
        socket.closeHandler(closed -> stream.closed = true);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
