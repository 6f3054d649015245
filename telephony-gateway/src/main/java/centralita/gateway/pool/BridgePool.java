package centralita.gateway.pool;

import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.redis.PoolStore;
import centralita.livestate.BridgeEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

    /** A heartbeat that has not moved for this part of the time after which it is stale has stood still. */
    private static final int STOOD_STILL = 3;

    private final PoolStore store;
    private final AudioLinks links;
    private final MediaLoop loop;
    private final PoolConfig config;
    private Map<String, Known> bridges = Map.of();
    private volatile long seenMs = -1;
    private volatile boolean reached;
    private boolean away;
    private boolean looking;
    /** When the last look that succeeded began. */
    private long tookMs;

    private Runnable whenBack = () -> {};

    /**
     * @param movedMs when we began the look that saw its heartbeat move, by our own clock: theirs may be wrong
     * @param writtenAfterMs when we began the look before that, which did not see that heartbeat
     */
    private record Known(BridgeEntry entry, long movedMs, long writtenAfterMs, int sentSince) {
        int taken() {
            return entry.active() + entry.reserved() + sentSince;
        }

        double load() {
            return entry.capacity() <= 0 ? 1.0 : (double) taken() / entry.capacity();
        }
    }

    BridgePool(PoolStore store, AudioLinks links, MediaLoop loop, PoolConfig config, MeterRegistry meters) {
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

    /**
     * A bridge for a call that need not have one, because it is new or well where it is: none that has too much to do.
     * Counted as taken until the bridge says so itself.
     *
     * @param without bridges not to choose
     */
    public Optional<BridgeEntry> chooseAtEase(Set<String> without) {
        return BridgeChoice.chooseAtEase(candidates(without), ThreadLocalRandom.current())
                .map(this::take);
    }

    /** A bridge for a call that must have one; counted as {@link #chooseAtEase}. @param without bridges not to choose */
    public Optional<BridgeEntry> choose(Set<String> without) {
        return BridgeChoice.choose(candidates(without), ThreadLocalRandom.current())
                .map(this::take);
    }

    private List<BridgeChoice.Candidate> candidates(Set<String> without) {
        var candidates = new ArrayList<BridgeChoice.Candidate>();
        bridges.forEach((id, known) -> {
            if (!without.contains(id)) {
                candidates.add(new BridgeChoice.Candidate(id, known.load(), fresh(known), state(known)));
            }
        });
        return candidates;
    }

    /** What every bridge carries, as far as is known now. */
    public List<Rebalance.Load> picture() {
        return bridges.values().stream()
                .map(known -> {
                    var gives = fresh(known) && !known.entry.draining();
                    return new Rebalance.Load(
                            known.entry.bridgeId(),
                            known.taken(),
                            known.entry.capacity(),
                            gives,
                            gives && state(known) == BridgeEntry.State.READY);
                })
                .toList();
    }

    /** That a bridge has too much to do is true for as long as it says so again and again: without Redis it cannot. */
    private BridgeEntry.State state(Known known) {
        var said = known.entry.state();
        return said == BridgeEntry.State.STRAINED && !movedLately(known) ? BridgeEntry.State.READY : said;
    }

    private boolean movedLately(Known known) {
        return loop.nowMs() - known.movedMs < config.staleMs();
    }

    private boolean fresh(Known known) {
        var lately = movedLately(known) || links.alive(known.entry.address());
        return lately && !links.failing(known.entry.address());
    }

    private BridgeEntry take(String bridgeId) {
        var known = bridges.get(bridgeId);
        if (known == null) {
            throw new IllegalStateException("a bridge was chosen that is not in the pool");
        }
        bridges.put(bridgeId, new Known(known.entry, known.movedMs, known.writtenAfterMs, known.sentSince + 1));
        return known.entry;
    }

    /** The room that there is, as far as it is known here; what was sent since the last look is taken. */
    public Room room() {
        var room = Room.NONE;
        for (var known : bridges.values()) {
            room = room.with(state(known), known.entry.capacity(), known.taken());
        }
        return room;
    }

    /**
     * Whether a bridge has given a sign of life since, in Redis or over its link.
     *
     * @param sinceMs by the loop's clock
     */
    public boolean livesSince(String bridgeId, long sinceMs) {
        var known = bridges.get(bridgeId);
        return known != null && (known.writtenAfterMs > sinceMs || links.alive(known.entry.address()));
    }

    /** A bridge by its id; empty when it is not in the pool. */
    public Optional<BridgeEntry> find(String bridgeId) {
        return Optional.ofNullable(bridges.get(bridgeId)).map(Known::entry);
    }

    /** One at a time: what an earlier one saw must not replace what a later one did. */
    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        var beganMs = loop.nowMs();
        var looked = store.bridges().onComplete(_ -> looking = false);
        looked.onSuccess(entries -> take(entries, beganMs)).onFailure(failure -> {
            // Links that were lost meanwhile are opened again: who lives need not wait for Redis to say so.
            expectLinks();
            if (!away) {
                away = true;
                LOG.warnf(
                        "The pool of bridges cannot be read; the last picture stays. reason=%s", failure.getMessage());
            }
        });
    }

    private void take(List<BridgeEntry> entries, long beganMs) {
        if (away) {
            away = false;
            LOG.infof("The pool of bridges can be read again. bridges=%d", entries.size());
            whenBack.run();
        }
        if (seenMs < 0) {
            seenMs = beganMs;
        }
        var next = new HashMap<String, Known>();
        for (var entry : newestOfEachAddress(entries)) {
            next.put(entry.bridgeId(), seen(entry, beganMs));
        }
        // A Redis that was started anew is empty; bridges that our links reach are still there.
        var addresses = new HashSet<String>();
        next.values().forEach(known -> addresses.add(known.entry.address()));
        bridges.forEach((id, known) -> {
            if (links.alive(known.entry.address()) && !addresses.contains(known.entry.address())) {
                next.put(id, known);
            }
        });
        tookMs = beganMs;
        bridges = next;
        reached |= next.values().stream().anyMatch(known -> links.alive(known.entry.address()));
        expectLinks();
    }

    /** A process that was started again has another id and its old address; the entry of the one before is still there. */
    private static Collection<BridgeEntry> newestOfEachAddress(List<BridgeEntry> entries) {
        var newest = new HashMap<String, BridgeEntry>();
        for (var entry : entries) {
            newest.merge(
                    entry.address(), entry, (one, other) -> one.heartbeatMs() >= other.heartbeatMs() ? one : other);
        }
        return newest.values();
    }

    private Known seen(BridgeEntry entry, long beganMs) {
        var before = bridges.get(entry.bridgeId());
        if (before != null && before.entry.heartbeatMs() == entry.heartbeatMs()) {
            return new Known(entry, before.movedMs, before.writtenAfterMs, before.sentSince);
        }
        // One that beats all the time and cannot be reached is left its pauses.
        if (before == null || beganMs - before.movedMs > config.staleMs() / STOOD_STILL) {
            links.lives(entry.address());
        }
        return new Known(entry, beganMs, tookMs, 0);
    }

    private void expectLinks() {
        links.expect(
                bridges.values().stream().map(known -> known.entry.address()).toList());
    }
}
