package centralita.gateway.call;

import centralita.gateway.MediaLoop;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.redis.LiveStore;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes the calls of this gateway anew when Redis is back: it may have been started anew and know nothing of them, and
 * then no other gateway could go on with them (F-S1). Calls that it still knows are left as they are. Event loop only.
 */
@Singleton
class LiveStateRepair {
    private static final Logger LOG = Logger.getLogger(LiveStateRepair.class);

    private final HeldCalls held;
    private final LiveStore store;
    private final BridgePool pool;
    private final MediaLoop loop;
    private final ArrayDeque<HeldCall> unwritten = new ArrayDeque<>();
    private boolean writing;

    LiveStateRepair(HeldCalls held, LiveStore store, BridgePool pool, MediaLoop loop) {
        this.held = held;
        this.store = store;
        this.pool = pool;
        this.loop = loop;
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> pool.whenBack(this::writeAll));
    }

    /** One after another: a Redis that is only slow must not be asked for all calls in one moment. */
    private void writeAll() {
        unwritten.clear();
        unwritten.addAll(held.all());
        if (!writing) {
            writeNext();
        }
    }

    private void writeNext() {
        var call = unwritten.poll();
        while (call != null && call.ended) {
            call = unwritten.poll();
        }
        writing = call != null;
        if (call != null) {
            write(call).onComplete(_ -> writeNext());
        }
    }

    private Future<UUID> write(HeldCall call) {
        var phase = call.intended != null ? "ending" : call.session != null ? "talking" : "ringing";
        return store.receiveAgain(call.live(phase))
                .onFailure(failure -> LOG.infof(
                        "A call was not written again. callId=%s reason=\"%s\"", call.callId, failure.getMessage()));
    }
}
