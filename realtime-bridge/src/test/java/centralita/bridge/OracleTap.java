package centralita.bridge;

import centralita.oracles.OpenAiOracle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stands between the bridge and the model stand-in, passes everything on, and holds every frame of the bridge against the
 * vendor's own models.
 */
public final class OracleTap implements AutoCloseable {
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final int port;

    public OracleTap(URI model) {
        var client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(MAX_BYTES).setMaxMessageSize(MAX_BYTES));
        var server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxWebSocketFrameSize(MAX_BYTES)
                        .setMaxWebSocketMessageSize(MAX_BYTES))
                .requestHandler(request -> {
                    var options = new WebSocketConnectOptions().setAbsoluteURI(model + "?" + request.query());
                    request.headers().forEach((name, value) -> {
                        if (name.equalsIgnoreCase("Authorization")
                                || name.toLowerCase().startsWith("openai")
                                || name.equalsIgnoreCase("X-Client-Request-Id")) {
                            options.putHeader(name, value);
                        }
                    });
                    request.pause();
                    connect(client, options, request);
                });
        try {
            port = server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .actualPort();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the tap cannot listen", e);
        }
    }

    private void connect(
            WebSocketClient client, WebSocketConnectOptions options, io.vertx.core.http.HttpServerRequest request) {
        client.connect(options).onComplete(upstream -> {
            if (upstream.failed()) {
                var status =
                        upstream.cause() instanceof io.vertx.core.http.UpgradeRejectedException e ? e.getStatus() : 502;
                request.response().setStatusCode(status).end();
                return;
            }
            var model = upstream.result();
            model.pause();
            request.resume();
            request.toWebSocket().onSuccess(bridge -> join(bridge, model)).onFailure(_ -> model.close());
        });
    }

    private void join(ServerWebSocket bridge, WebSocket model) {
        bridge.textMessageHandler(text -> {
            judge(text);
            model.writeTextMessage(text);
        });
        model.frameHandler(frame -> {
            if (!frame.isClose() && !frame.isPing()) {
                bridge.writeFrame(frame);
            }
        });
        bridge.closeHandler(_ -> model.close());
        model.closeHandler(_ -> {
            var code = model.closeStatusCode();
            if (code == null || code == 1006 || code == 1005) {
                bridge.close();
            } else {
                bridge.close(code);
            }
        });
        model.resume();
    }

    private void judge(String text) {
        sent.add(text);
        // Thousands of these are alike; every hundredth is held against the models.
        if (text.contains("input_audio_buffer.append") && sent.size() % 100 != 0) {
            return;
        }
        try {
            OpenAiOracle.assertClientEvent(text);
        } catch (AssertionError e) {
            refused.add(e.getMessage());
        }
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + port + "/v1/realtime");
    }

    /** Frames that the vendor would refuse. */
    public List<String> refused() {
        return refused;
    }

    public List<String> sent(String type) {
        return sent.stream()
                .filter(text -> text.contains("\"type\":\"" + type + "\""))
                .toList();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
