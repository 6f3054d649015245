package centralita.gateway.call;

import centralita.audiolink.RecordKind;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLink;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.link.LinkListener;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.redis.LiveStore;
import centralita.gateway.session.StreamEnd;
import centralita.livestate.BridgeEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Sees to it that every held call has a bridge: orders one to prepare, and finds another under a higher epoch when it is
 * lost or refuses. Event loop only.
 */
@Singleton
class BridgeOwnership {
    private static final Logger LOG = Logger.getLogger(BridgeOwnership.class);
    private static final long TRY_AGAIN_MS = 250;

    private final AudioLinks links;
    private final BridgePool pool;
    private final LiveStore store;
    private final MediaLoop loop;
    private final GatewayConfig.Link config;
    private final NumberMask mask;
    private final Counter moved;
    private final Counter abandoned;

    BridgeOwnership(
            AudioLinks links,
            BridgePool pool,
            LiveStore store,
            MediaLoop loop,
            GatewayConfig config,
            NumberMask mask,
            MeterRegistry meters) {
        this.links = links;
        this.pool = pool;
        this.store = store;
        this.loop = loop;
        this.config = config.link();
        this.mask = mask;
        this.moved = recoveries("moved", meters);
        this.abandoned = recoveries("abandoned", meters);
    }

    private static Counter recoveries(String result, MeterRegistry meters) {
        return Counter.builder("session.recoveries")
                .description("Calls whose bridge was lost or refused.")
                .tag("result", result)
                .register(meters);
    }

    /** Orders the call's bridge to open a model session. */
    void prepare(HeldCall call) {
        forget(call);
        var link = links.to(call.bridge.address());
        var number = link.open(new LinkListener() {
            @Override
            public void refused(String reason) {
                LOG.infof(
                        "A bridge does not prepare. callId=%s bridgeId=%s reason=%s",
                        call.callId, call.bridge.bridgeId(), reason);
                withoutBridge(call, link);
            }

            @Override
            public void lost() {
                withoutBridge(call, link);
            }
        });
        call.preparation = new HeldCall.Preparation(link, number);
        link.control(number, 0, RecordKind.PREPARE, call.prepare(mask));
    }

    private void withoutBridge(HeldCall call, AudioLink link) {
        var preparation = call.preparation;
        if (preparation != null && preparation.link() == link) {
            call.preparation = null;
            if (call.session == null) {
                move(call);
            }
        }
    }

    /** Lets the stream's session speak with the call's bridge. */
    void attach(HeldCall call) {
        var session = call.session;
        if (session == null) {
            return;
        }
        forget(call);
        session.attach(links.to(call.bridge.address()), call.epoch);
    }

    /** Stops listening to what becomes of the order to prepare. */
    void forget(HeldCall call) {
        var preparation = call.preparation;
        call.preparation = null;
        if (preparation != null) {
            preparation.link().close(preparation.number());
        }
    }

    /** Gives the call to another bridge, with its stream if it has one. */
    void move(HeldCall call) {
        if (call.ended || call.moving || call.intended != null) {
            return;
        }
        call.moving = true;
        tryToMove(call, loop.nowMs(), new HashSet<>(Set.of(call.bridge.bridgeId())));
    }

    private void tryToMove(HeldCall call, long sinceMs, Set<String> without) {
        if (call.ended) {
            call.moving = false;
            return;
        }
        var next = pool.choose(without);
        if (next.isPresent()) {
            own(call, next.get());
        } else if (loop.nowMs() - sinceMs < config.takeoverMs()) {
            // The bridge that was lost may be back, and one that starts is seen by the pool's next look.
            loop.after(TRY_AGAIN_MS, () -> tryToMove(call, sinceMs, Set.of()));
        } else {
            call.moving = false;
            abandoned.increment();
            LOG.warnf("No bridge takes a call over. callId=%s", call.callId);
            var session = call.session;
            if (session != null) {
                session.close(StreamEnd.LOST, (short) 1011, "no bridge");
            }
        }
    }

    private void own(HeldCall call, BridgeEntry next) {
        var wallClockMs = Clock.systemUTC().millis();
        store.own(call.callId, next.bridgeId(), call.epoch, wallClockMs)
                .otherwise(0L)
                .onSuccess(epoch -> {
                    call.moving = false;
                    if (call.ended) {
                        return;
                    }
                    // Redis is away or knows nothing: the same rule, applied here. Who holds the caller's socket
                    // decides.
                    call.epoch = epoch > call.epoch ? epoch : Math.max(call.epoch + 1, wallClockMs);
                    call.bridge = next;
                    moved.increment();
                    LOG.infof(
                            "A call has a new bridge. callId=%s bridgeId=%s epoch=%d",
                            call.callId, next.bridgeId(), call.epoch);
                    prepare(call);
                    attach(call);
                });
    }
}
