package centralita.bridge.openai;

import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.bridge.model.ModelProviders;
import centralita.mediasocket.LoopPass;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Opens sessions of OpenAI's Realtime API, and of whoever speaks it at a configured address. On the media event loop
 * only.
 */
@Singleton
public final class OpenAiRealtime implements ModelProviders {
    private static final Logger LOG = Logger.getLogger(OpenAiRealtime.class);

    private final Vertx vertx;
    private final Clock clock;
    private final LoopPass pass;
    private final OpenAiConfig config;
    private final OpenAiMeters meters;
    private final WebSocketClient client;
    private final Map<String, Provider> providers = new LinkedHashMap<>();

    /** @throws IllegalStateException when the list of providers makes no sense; the service does not start */
    public OpenAiRealtime(
            Vertx vertx, Clock clock, LoopPass pass, OpenAiConfig config, ProvidersConfig others, OpenAiMeters meters) {
        this.vertx = vertx;
        this.clock = clock;
        this.pass = pass;
        this.config = config;
        this.meters = meters;
        Providers.of(config, others).forEach(provider -> providers.put(provider.name(), provider));
        LOG.infof(
                "Models are asked for in this order. providers=%s",
                providers.values().stream()
                        .map(provider -> provider.name() + "(" + provider.url().getHost() + ")")
                        .collect(Collectors.joining(",")));
        providers.values().stream()
                .filter(provider -> provider.transcription() == null)
                .forEach(provider -> LOG.warnf(
                        "What callers say to this provider is not written down, and forgotten when its session is lost: set"
                                + " bridge.model.providers.%s.transcription-model.",
                        provider.name()));
        // Created once: a client per call would leak its pool. Compression is off by default and stays so.
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(ServerMessages.MAX_BYTES)
                .setMaxMessageSize(ServerMessages.MAX_BYTES)
                .setMaxConnections(100_000)
                .setTcpNoDelay(true)
                .setConnectTimeout((int) config.connectTimeout().toMillis()));
    }

    @Override
    public List<String> names() {
        return List.copyOf(providers.keySet());
    }

    @Override
    public ModelConnection open(String name, ModelOrder order, ModelListener listener) {
        var provider = providers.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("no provider is called " + name);
        }
        var connection = new OpenAiModelConnection(
                vertx, clock, client.webSocket(), pass, order, provider, config, meters, listener);
        connection.connect(provider.handshake(order, config.connectTimeout()));
        return connection;
    }

    @PreDestroy
    void stop() {
        client.close();
    }
}
