package centralita.gateway.pool;

import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.BridgeEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * The bridges as Redis last showed them. When Redis is away the last picture stays, and open links say who lives. Event
 * loop only.
 */
@Singleton
public class BridgePool {
    private static final Logger LOG = Logger.getLogger(BridgePool.class);

    /** A deployment without bridges answers callers, too: with an apology. */
    private static final long WAIT_FOR_FIRST_MS = 15_000;

    private final LiveStore store;
    private final AudioLinks links;
    private final MediaLoop loop;
    private final PoolConfig config;
    private Map<String, Known> bridges = Map.of();
    private volatile long seenMs = -1;
    private volatile boolean reached;
    private boolean away;
    private Runnable whenBack = () -> {};

    /** @param movedMs when its heartbeat was last seen to move, by our own clock: theirs may be wrong */
    private record Known(BridgeEntry entry, long movedMs, int sentSince) {
        double load() {
            return entry.capacity() <= 0
                    ? 1.0
                    : (double) (entry.active() + entry.reserved() + sentSince) / entry.capacity();
        }
    }

    BridgePool(LiveStore store, AudioLinks links, MediaLoop loop, PoolConfig config, MeterRegistry meters) {
        this.store = store;
        this.links = links;
        this.loop = loop;
        this.config = config;
        Gauge.builder("pool.bridges", () -> bridges.size())
                .description("Bridges that this gateway knows.")
                .register(meters);
    }

    /** @param task runs when Redis can be read again after it could not: it may have been started anew, and be empty */
    public void whenBack(Runnable task) {
        whenBack = task;
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            loop.every(config.pollMs(), this::look);
            look();
        });
    }

    /**
     * Whether callers may be sent here. Once it is so it stays so: without Redis or bridges a caller is better told the
     * truth by us than an error by the provider. Any thread.
     */
    public boolean known() {
        return reached || seenMs >= 0 && loop.nowMs() - seenMs > WAIT_FOR_FIRST_MS;
    }

    /** A bridge for a call; counted as taken until the bridge says so itself. @param without bridges not to choose */
    public Optional<BridgeEntry> choose(Set<String> without) {
        var candidates = new ArrayList<BridgeChoice.Candidate>();
        bridges.forEach((id, known) -> {
            if (!without.contains(id)) {
                candidates.add(new BridgeChoice.Candidate(id, known.load(), fresh(known), known.entry.draining()));
            }
        });
        return BridgeChoice.choose(candidates, ThreadLocalRandom.current()).map(this::take);
    }

    /** What every bridge carries, as far as is known now. */
    public List<Rebalance.Load> picture() {
        return bridges.values().stream()
                .map(known -> new Rebalance.Load(
                        known.entry.bridgeId(),
                        known.entry.active() + known.entry.reserved() + known.sentSince,
                        known.entry.capacity(),
                        fresh(known) && !known.entry.draining()))
                .toList();
    }

    private boolean fresh(Known known) {
        var lately = loop.nowMs() - known.movedMs < config.staleMs() || links.alive(known.entry.address());
        return lately && !links.failing(known.entry.address());
    }

    private BridgeEntry take(String bridgeId) {
        var known = bridges.get(bridgeId);
        if (known == null) {
            throw new IllegalStateException("a bridge was chosen that is not in the pool");
        }
        bridges.put(bridgeId, new Known(known.entry, known.movedMs, known.sentSince + 1));
        return known.entry;
    }

    /** Sessions of the bridges that take calls, and how many are taken. @param sessions 0 when there is no such bridge */
    public record Room(int sessions, int taken) {}

    /** The room that there is, as far as it is known here; what was sent since the last look is taken. */
    public Room room() {
        var sessions = 0;
        var taken = 0;
        for (var known : bridges.values()) {
            if (!known.entry.draining()) {
                sessions += known.entry.capacity();
                taken += known.entry.active() + known.entry.reserved() + known.sentSince;
            }
        }
        return new Room(sessions, taken);
    }

    /** A bridge by its id; empty when it is not in the pool. */
    public Optional<BridgeEntry> find(String bridgeId) {
        return Optional.ofNullable(bridges.get(bridgeId)).map(Known::entry);
    }

    private void look() {
        store.bridges().onSuccess(this::take).onFailure(failure -> {
            if (!away) {
                away = true;
                LOG.warnf(
                        "The pool of bridges cannot be read; the last picture stays. reason=%s", failure.getMessage());
            }
        });
    }

    private void take(List<BridgeEntry> entries) {
        if (away) {
            away = false;
            LOG.infof("The pool of bridges can be read again. bridges=%d", entries.size());
            whenBack.run();
        }
        var now = loop.nowMs();
        if (seenMs < 0) {
            seenMs = now;
        }
        var next = new HashMap<String, Known>();
        for (var entry : entries) {
            var before = bridges.get(entry.bridgeId());
            var moved = before == null || before.entry.heartbeatMs() != entry.heartbeatMs();
            next.put(
                    entry.bridgeId(),
                    moved || before == null
                            ? new Known(entry, now, 0)
                            : new Known(entry, before.movedMs, before.sentSince));
        }
        // A Redis that was started anew is empty; bridges that our links reach are still there.
        bridges.forEach((id, known) -> {
            if (links.alive(known.entry.address())) {
                next.putIfAbsent(id, known);
            }
        });
        bridges = next;
        reached |= next.values().stream().anyMatch(known -> links.alive(known.entry.address()));
        links.expect(next.values().stream().map(known -> known.entry.address()).toList());
    }
}
