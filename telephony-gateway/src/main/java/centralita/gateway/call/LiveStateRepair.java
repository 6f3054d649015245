package centralita.gateway.call;

import centralita.gateway.MediaLoop;
import centralita.gateway.admission.Admissions;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveKeys;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that Redis knows the calls of this gateway, for without that no other gateway could go on with them (F-S1), and
 * what they have reserved, for without that too many would be admitted (TH-11): all of them when Redis is back, which may have
 * been started anew, or when it has forgotten without ever being away, and one when it turns out that Redis was not told of it
 * or has another owner for it. What Redis knows as well or better stays as it is. Of calls that have ended it learns again that
 * their end was told, or a gateway that still has an older picture of one would tell another (I4). Event loop only.
 */
@Singleton
class LiveStateRepair {
    private static final Logger LOG = Logger.getLogger(LiveStateRepair.class);
    private static final long AGAIN_MS = 500;

    private final HeldCalls held;
    private final LiveStore store;
    private final Admissions admissions;
    private final BridgePool pool;
    private final GatewayPresence presence;
    private final MediaLoop loop;
    private final LinkedHashSet<HeldCall> unwritten = new LinkedHashSet<>();
    private final ToldEnds ends = new ToldEnds();
    private final LinkedHashSet<String> unclaimed = new LinkedHashSet<>();
    private boolean claiming;
    private final Clock clock = Clock.systemUTC();
    private boolean writing;
    private boolean failing;

    LiveStateRepair(
            HeldCalls held,
            LiveStore store,
            Admissions admissions,
            BridgePool pool,
            GatewayPresence presence,
            MediaLoop loop) {
        this.held = held;
        this.store = store;
        this.admissions = admissions;
        this.pool = pool;
        this.presence = presence;
        this.loop = loop;
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            pool.whenBack(this::writeAll);
            presence.whenForgotten(this::writeAll);
        });
    }

    private void writeAll() {
        unclaimed.addAll(ends.since(loop.nowMs()));
        claimEnds();
        unwritten.addAll(held.all());
        begin();
    }

    /** The end of a call was told. */
    void endTold(String callSid) {
        ends.add(callSid, loop.nowMs());
    }

    private void claimEnds() {
        if (!claiming) {
            claimNext();
        }
    }

    /** One after another, too. */
    private void claimNext() {
        claiming = !unclaimed.isEmpty();
        if (claiming) {
            var callSid = unclaimed.getFirst();
            store.claim(LiveKeys.webhook(callSid, "gateway", CallFacts.ENDED), LiveKeys.WEBHOOK_TTL)
                    .onSuccess(_ -> {
                        unclaimed.remove(callSid);
                        claimNext();
                    })
                    .onFailure(_ -> loop.after(AGAIN_MS, this::claimNext));
        }
    }

    /** Writes a call as it stands by then, as soon as Redis takes it; one that is over or let go by then is not written. */
    void write(HeldCall call) {
        unwritten.add(call);
        begin();
    }

    private void begin() {
        if (!writing) {
            writeNext();
        }
    }

    /** One after another: a Redis that is only slow must not be asked for all calls in one moment. */
    private void writeNext() {
        var call = next();
        writing = call != null;
        if (call != null) {
            var holder = call.session == null ? Optional.<String>empty() : Optional.of(presence.gatewayId());
            store.restore(call.live(phase(call)), holder)
                    .compose(written -> reserve(call).map(written))
                    .compose(written -> meant(call).map(written))
                    .onSuccess(written -> {
                        failing = false;
                        if (written) {
                            LOG.infof("A call was written again. callId=%s epoch=%d", call.callId, call.epoch);
                        }
                        writeNext();
                    })
                    .onFailure(failure -> writeLater(call, failure));
        }
    }

    /** What was written may be from before it was known that the call is to end. */
    private Future<?> meant(HeldCall call) {
        var intended = call.intended;
        return intended == null ? Future.succeededFuture() : store.end(call.callId, intended);
    }

    private Future<Void> reserve(HeldCall call) {
        return admissions
                .reserveAgain(call.asking(), clock.millis() - call.receivedMs)
                .onSuccess(_ -> {
                    // It ended while this was on its way, and its reservation was given back before it was written.
                    if (call.ended) {
                        admissions.release(call.asking());
                    }
                });
    }

    private @Nullable HeldCall next() {
        while (!unwritten.isEmpty()) {
            var call = unwritten.removeFirst();
            if (!call.ended && held.byId(call.callId) == call) {
                return call;
            }
        }
        return null;
    }

    private void writeLater(HeldCall call, Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.infof("Calls are not written again yet. callId=%s reason=\"%s\"", call.callId, failure.getMessage());
        }
        unwritten.add(call);
        loop.after(AGAIN_MS, this::writeNext);
    }

    private static String phase(HeldCall call) {
        return call.intended != null ? "ending" : call.session != null ? "talking" : "ringing";
    }
}
