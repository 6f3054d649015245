package centralita.gateway.call;

import centralita.gateway.MediaLoop;
import centralita.gateway.redis.AdmissionStore;
import centralita.livestate.LiveKeys;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Says that this gateway lives, and finds out whether another one does. Its own last sign of life also shows whether Redis
 * remembers: one that was emptied, or is another one that had not heard of it, may have answered every question (F-S1).
 * Event loop only.
 */
@Singleton
class GatewayPresence {
    private static final Logger LOG = Logger.getLogger(GatewayPresence.class);

    /** Three tries before the others take us for dead. */
    private static final long SAY_EVERY_MS = LiveKeys.GATEWAY_TTL.toMillis() / 3;
    /** A gateway that died just now has its sign of life left for so long; and who lives has told by then. */
    private static final long SURE_AFTER_MS = LiveKeys.GATEWAY_TTL.toMillis() + 1000;

    private final AdmissionStore store;
    private final MediaLoop loop;
    /** Of this process: one that is started anew has forgotten its calls. */
    private final String gatewayId = UUID.randomUUID().toString();

    private Runnable whenForgotten = () -> {};
    private long saidLast;
    /** The last one that Redis has taken, as far as is known here; 0 for none. */
    private long taken;

    GatewayPresence(AdmissionStore store, MediaLoop loop) {
        this.store = store;
        this.loop = loop;
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            loop.every(SAY_EVERY_MS, this::say);
            say();
        });
    }

    /** @param task runs when Redis has forgotten what it was told */
    void whenForgotten(Runnable task) {
        whenForgotten = task;
    }

    private void say() {
        var number = ++saidLast;
        // Without Redis nobody can ask either.
        store.alive(gatewayId, number).onSuccess(before -> {
            if (forgotten(before)) {
                LOG.infof("Redis has forgotten this gateway, and so perhaps its calls. gatewayId=%s", gatewayId);
                whenForgotten.run();
            }
            taken = Math.max(taken, number);
        });
    }

    /** One whose answer never came may have been taken all the same: a later one than is known here is no loss. */
    private boolean forgotten(OptionalLong before) {
        return taken > 0 && (before.isEmpty() || before.getAsLong() < taken);
    }

    String gatewayId() {
        return gatewayId;
    }

    /**
     * Whether the gateway that had the call's last stream is gone. Takes some seconds when it is another one's, so that it
     * may tell the end itself. Never fails: what is not known is not gone.
     */
    Future<Boolean> holderGone(UUID callId) {
        return store.gatewayOf(callId)
                .compose(holder -> holder.isEmpty() || holder.equals(gatewayId)
                        ? Future.succeededFuture(false)
                        : later(() -> store.isAlive(holder).map(alive -> !alive)))
                .otherwise(false);
    }

    private Future<Boolean> later(java.util.function.Supplier<Future<Boolean>> question) {
        var promise = io.vertx.core.Promise.<Boolean>promise();
        loop.after(SURE_AFTER_MS, () -> question.get().onComplete(promise));
        return promise.future();
    }
}
