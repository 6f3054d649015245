package centralita.gateway.call;

import centralita.gateway.MediaLoop;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.pool.Rebalance;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks at the pool from time to time and moves calls of this gateway away from a bridge that carries too much. */
@Singleton
class Rebalancing {
    private static final Logger LOG = Logger.getLogger(Rebalancing.class);

    private final BridgePool pool;
    private final HeldCalls held;
    private final HandOvers handOvers;
    private final MediaLoop loop;
    private final RebalanceConfig config;
    private final Rebalance.Rule rule;
    private boolean underway;

    Rebalancing(BridgePool pool, HeldCalls held, HandOvers handOvers, MediaLoop loop, RebalanceConfig config) {
        this.pool = pool;
        this.held = held;
        this.handOvers = handOvers;
        this.loop = loop;
        this.config = config;
        this.rule = new Rebalance.Rule(config.beginShare(), config.endShare(), config.leastCalls(), config.mostMoves());
    }

    void start(@Observes StartupEvent started) {
        if (config.everyMs() > 0) {
            loop.run(() -> loop.every(config.everyMs(), this::look));
        }
    }

    private void look() {
        var move = Rebalance.decide(pool.picture(), underway, rule);
        underway = move.isPresent();
        move.ifPresent(it -> {
            var now = loop.nowMs();
            var calls = held.all().stream()
                    .filter(call -> call.bridge.bridgeId().equals(it.fromBridge())
                            && call.session != null
                            && call.passage == null
                            && now - call.movedMs >= config.restMs())
                    .limit(it.calls())
                    .toList();
            if (!calls.isEmpty()) {
                LOG.infof("A bridge carries too much. bridgeId=%s calls=%d", it.fromBridge(), calls.size());
            }
            calls.forEach(call -> {
                // Whatever comes of it: a call is not asked again and again.
                call.movedMs = now;
                handOvers.begin(call, MoveCause.REBALANCE, config.withinMs());
            });
        });
    }
}
