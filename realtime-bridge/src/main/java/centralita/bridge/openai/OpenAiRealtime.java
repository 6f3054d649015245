package centralita.bridge.openai;

import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.mediasocket.LoopPass;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens sessions of OpenAI's Realtime API, or of whatever speaks it at the configured address. */
@Singleton
public final class OpenAiRealtime implements ModelConnector {
    private final Vertx vertx;
    private final Clock clock;
    private final LoopPass pass;
    private final OpenAiConfig config;
    private final OpenAiMeters meters;
    private final WebSocketClient client;

    public OpenAiRealtime(Vertx vertx, Clock clock, LoopPass pass, OpenAiConfig config, OpenAiMeters meters) {
        this.clock = clock;
        this.vertx = vertx;
        this.pass = pass;
        this.config = config;
        this.meters = meters;
        // Created once: a client per call would leak its pool. Compression is off by default and stays so.
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(ServerMessages.MAX_BYTES)
                .setMaxMessageSize(ServerMessages.MAX_BYTES)
                .setMaxConnections(100_000)
                .setTcpNoDelay(true)
                .setConnectTimeout((int) config.connectTimeout().toMillis()));
    }

    @Override
    public List<String> usable() {
        return List.of("openai");
    }

    @Override
    public ModelConnection open(String provider, ModelOrder order, ModelListener listener) {
        var named = order.assistant().model().name();
        var model = named == null ? config.model() : named;
        var connection = new OpenAiModelConnection(
                vertx, clock, client.webSocket(), pass, order, model, config, meters, listener);
        connection.connect(handshake(order, model));
        return connection;
    }

    /** Redirects are not followed: the headers carry credentials. */
    private WebSocketConnectOptions handshake(ModelOrder order, String model) {
        var url = config.realtimeUrl();
        var options = new WebSocketConnectOptions()
                .setAbsoluteURI(url + "?model=" + URLEncoder.encode(model, StandardCharsets.UTF_8))
                .setTimeout(config.connectTimeout().toMillis())
                .putHeader(HttpHeaders.AUTHORIZATION.toString(), "Bearer " + config.apiKey())
                // The vendor's support asks for it; stand-ins find a call's session by it.
                .putHeader("X-Client-Request-Id", order.callId().toString());
        var callerHash = order.callerHash();
        if (callerHash != null && tellsWhoCalls(url)) {
            options.putHeader("OpenAI-Safety-Identifier", callerHash);
        }
        return options;
    }

    private boolean tellsWhoCalls(URI url) {
        @Nullable String host = url.getHost();
        return switch (config.safetyIdentifier()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case OPENAI_ONLY -> host != null && (host.equals("api.openai.com") || host.endsWith(".api.openai.com"));
        };
    }

    @PreDestroy
    void stop() {
        client.close();
    }
}
