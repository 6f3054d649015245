package centralita.bridge.pool;

import centralita.edge.strain.ProcessStrain;
import centralita.livestate.BridgeEntry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Says that this bridge lives, as often as it is told to. When the pool is away it keeps trying; nothing else stops. Its own
 * last word also shows whether the pool remembers: one that was emptied, or is another one that had not heard of it, may have
 * heard every beat (F-S1).
 */
@Singleton
public class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final BridgePool pool;
    private final PoolMember member;
    private final ProcessStrain strain;
    private final Clock clock;
    private final AtomicBoolean underway = new AtomicBoolean();
    private volatile boolean away;
    /** Of the last beat that was heard; 0 before the first. */
    private volatile long heardMs;

    private volatile Runnable whenForgotten = () -> {};

    Heartbeat(BridgePool pool, PoolMember member, ProcessStrain strain, Clock clock) {
        this.pool = pool;
        this.member = member;
        this.strain = strain;
        this.clock = clock;
    }

    /** @param task runs when the pool may have forgotten what it was told, as after it was away; on any thread */
    void whenForgotten(Runnable task) {
        whenForgotten = task;
    }

    /** One beat; none while the last one is still on its way, so that a slow store is not drowned. */
    Uni<Void> beat(String address, IntSupplier active, IntSupplier reserved) {
        if (!underway.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        var entry = new BridgeEntry(
                member.bridgeId(),
                address,
                active.getAsInt(),
                reserved.getAsInt(),
                member.capacity(),
                state(),
                clock.millis());
        return pool.announce(entry)
                .invoke(before -> heard(before, entry.heartbeatMs()))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    unheard(failure);
                    return null;
                })
                .eventually(() -> underway.set(false));
    }

    private BridgeEntry.State state() {
        if (member.draining()) {
            return BridgeEntry.State.DRAINING;
        }
        return strain.strained() ? BridgeEntry.State.STRAINED : BridgeEntry.State.READY;
    }

    private void heard(OptionalLong before, long nowMs) {
        if (away) {
            away = false;
            LOG.infof("The pool is back; this bridge is in it again. bridgeId=%s", member.bridgeId());
            whenForgotten.run();
        } else if (heardMs > 0 && (before.isEmpty() || before.getAsLong() < heardMs)) {
            LOG.infof("The pool has forgotten this bridge, and so perhaps its calls. bridgeId=%s", member.bridgeId());
            whenForgotten.run();
        }
        heardMs = nowMs;
    }

    private void unheard(Throwable failure) {
        if (!away) {
            away = true;
            LOG.warnf(
                    "The pool cannot be reached; calls go on. bridgeId=%s why=%s",
                    member.bridgeId(), failure.getClass().getSimpleName());
        }
    }

    /** Whether the last beat was not heard. */
    boolean away() {
        return away;
    }
}
