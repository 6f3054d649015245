package centralita.bridge.breaker;

import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.bridge.model.ModelProviders;
import centralita.bridge.session.MediaLoop;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Lets calls ask only those providers that answer. Decides in memory; what other bridges have seen is mixed in when it is
 * known, and without Redis this bridge goes by what it sees itself. On the media event loop only.
 */
@Singleton
public final class GuardedModels implements ModelConnector {
    private static final Logger LOG = Logger.getLogger(GuardedModels.class);

    private final ModelProviders providers;
    private final MediaLoop loop;
    private final SharedBreakers shared;
    private final BreakerConfig config;
    private final MeterRegistry meters;
    private final Map<String, ProviderGuard> guards = new LinkedHashMap<>();
    private int unanswered;

    public GuardedModels(
            ModelProviders providers,
            MediaLoop loop,
            SharedBreakers shared,
            BreakerConfig config,
            MeterRegistry meters) {
        this.providers = providers;
        this.loop = loop;
        this.shared = shared;
        this.config = config;
        this.meters = meters;
        var rules = new Breaker.Rules(
                config.enough(), config.failurePercent(), config.rest().toMillis(), config.goodProbes());
        for (var name : providers.names()) {
            guards.put(name, new ProviderGuard(name, rules, meters));
        }
        loop.soon(this::exchange);
    }

    @Override
    public List<String> names() {
        return providers.names();
    }

    @Override
    public List<String> usable() {
        var nowMs = loop.nowMs();
        return guards.values().stream()
                .filter(guard -> guard.usable(nowMs))
                .map(ProviderGuard::name)
                .toList();
    }

    @Override
    public ModelConnection open(String provider, ModelOrder order, ModelListener listener) {
        var guard = guards.get(provider);
        if (guard == null) {
            throw new IllegalArgumentException("no provider is called " + provider);
        }
        var watched = new WatchedSession(guard, loop, listener);
        return watched.over(providers.open(provider, order, watched));
    }

    /** Tells the others what was seen and learns what they have seen, again and again. */
    private void exchange() {
        loop.after(config.exchange().toMillis(), this::exchange);
        if (unanswered > 0) {
            return;
        }
        for (var guard : guards.values()) {
            var report = guard.takeReport();
            unanswered++;
            shared.report(report, config)
                    .subscribe()
                    .with(
                            verdict -> loop.soon(() -> {
                                unanswered--;
                                guard.agree(verdict, loop.nowMs());
                            }),
                            failure -> loop.soon(() -> {
                                unanswered--;
                                guard.giveBack(report);
                                meters.counter("model.breaker.alone").increment();
                                LOG.debugf(
                                        "What other bridges know of a provider is not known. provider=%s why=%s",
                                        guard.name(), failure.getClass().getSimpleName());
                            }));
        }
    }
}
