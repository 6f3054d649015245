package centralita.local.chaos;

import centralita.local.suite.Module;
import centralita.local.suite.SuiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts a {@link Detour} before Redis, PostgreSQL and, if wanted, every bridge's audio link: services are told the detour's
 * address instead. Thread-safe.
 */
final class Detours implements SuiteSettings.Detours, AutoCloseable {
    private static final int CLOSE_SECONDS = 10;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final Map<Integer, Detour> byTarget = new ConcurrentHashMap<>();
    private final Map<String, Detour> links = new ConcurrentHashMap<>();
    private final boolean detourLinks;
    private volatile int redisPort;
    private volatile int postgresPort;

    /** @param betweenGatewayAndBridge audio then takes one more hop, which costs CPU */
    Detours(boolean betweenGatewayAndBridge) {
        detourLinks = betweenGatewayAndBridge;
    }

    @Override
    public Map<String, String> of(String name, Module module, int port, Map<String, String> environment) {
        var changed = new HashMap<>(environment);
        changed.computeIfPresent("REDIS_HOSTS", (_, url) -> {
            redisPort = portOf(url);
            return "redis://127.0.0.1:" + to(redisPort).port();
        });
        changed.computeIfPresent("CENTRALITA_DATABASE_URL", (_, url) -> {
            postgresPort = portOf(url);
            return "postgresql://127.0.0.1:" + to(postgresPort).port()
                    + URI.create(url).getPath();
        });
        if (detourLinks && module == Module.REALTIME_BRIDGE) {
            var link = to(port);
            links.put(name, link);
            changed.put("CENTRALITA_BRIDGE_ADDRESS", "ws://127.0.0.1:" + link.port());
        }
        return changed;
    }

    private Detour to(int port) {
        return byTarget.computeIfAbsent(port, target -> Detour.to(vertx, target));
    }

    private static int portOf(String url) {
        return URI.create(url).getPort();
    }

    Detour redis() {
        return to(redisPort);
    }

    Detour postgres() {
        return to(postgresPort);
    }

    Detour linkTo(String bridge) {
        return Objects.requireNonNull(links.get(bridge), "there is no detour to this bridge");
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
