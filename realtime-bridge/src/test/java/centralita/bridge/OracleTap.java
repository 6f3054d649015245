package centralita.bridge;

import centralita.oracles.OpenAiOracle;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.util.List;
import java.util.UUID;
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
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final int port;
    private int appends;

    private record Sent(String callId, String text) {}

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
                if (upstream.cause() instanceof io.vertx.core.http.UpgradeRejectedException e
                        && e.getHeaders().contains("Retry-After")) {
                    request.response().putHeader("Retry-After", e.getHeaders().get("Retry-After"));
                }
                request.response().setStatusCode(status).end();
                return;
            }
            var model = upstream.result();
            model.pause();
            request.resume();
            var callId = request.getHeader("X-Client-Request-Id");
            var channel = ((ConnectionBase) request.connection()).channel();
            request.toWebSocket()
                    .onSuccess(bridge -> join(callId, bridge, channel, model))
                    .onFailure(_ -> model.close());
        });
    }

    private void join(String callId, ServerWebSocket bridge, Channel channel, WebSocket model) {
        bridge.textMessageHandler(text -> {
            judge(callId, text);
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
            if (code == null || code == 1006) {
                // Broken without a word, as it was broken for us.
                channel.flush();
                channel.unsafe().close(channel.voidPromise());
            } else {
                bridge.close(code);
            }
        });
        model.resume();
    }

    private void judge(String callId, String text) {
        // Thousands of these are alike; every hundredth is held against the models.
        if (text.contains("input_audio_buffer.append")) {
            if (appends++ % 100 != 0) {
                return;
            }
        } else {
            sent.add(new Sent(callId, text));
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

    /** What the bridge has sent for a call in all its sessions, without audio. */
    public List<String> sent(UUID callId) {
        return sent.stream()
                .filter(one -> one.callId().equals(callId.toString()))
                .map(Sent::text)
                .toList();
    }

    public List<String> sent(UUID callId, String type) {
        return sent(callId).stream().filter(text -> isOf(type, text)).toList();
    }

    /** What the bridge has sent for a call in its last session, after the configuration. */
    public List<String> sentInLastSession(UUID callId) {
        var all = sent(callId);
        var last = all.size();
        while (last > 0 && !isOf("session.update", all.get(last - 1))) {
            last--;
        }
        return all.subList(last, all.size());
    }

    private static boolean isOf(String type, String text) {
        return text.contains("\"type\":\"" + type + "\"");
    }

    @Override
    public void close() {
        vertx.close();
    }
}
