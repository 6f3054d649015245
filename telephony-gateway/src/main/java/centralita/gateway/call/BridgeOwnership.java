package centralita.gateway.call;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLink;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.link.LinkListener;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.recording.Recordings;
import centralita.gateway.redis.LiveStore;
import centralita.gateway.session.StreamEnd;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveCall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Sees to it that every held call has a bridge: orders one to prepare, and finds another under a higher epoch when it is
 * lost or refuses. Event loop only.
 */
@Singleton
class BridgeOwnership {
    private static final Logger LOG = Logger.getLogger(BridgeOwnership.class);
    private static final long TRY_AGAIN_MS = 250;
    /** While Redis is away, and there may be many such calls. */
    private static final long ASK_AGAIN_MS = 1_000;

    private final HeldCalls held;
    private final Recordings recordings;
    private final AudioLinks links;
    private final BridgePool pool;
    private final LiveStore store;
    private final LiveStateRepair repair;
    private final CallFacts facts;
    private final MediaLoop loop;
    private final TakeoverConfig config;
    private final NumberMask mask;
    private final Pace pace;
    private final Counter moved;
    private final Counter abandoned;

    BridgeOwnership(
            HeldCalls held,
            Recordings recordings,
            AudioLinks links,
            BridgePool pool,
            LiveStore store,
            LiveStateRepair repair,
            CallFacts facts,
            MediaLoop loop,
            TakeoverConfig config,
            NumberMask mask,
            MeterRegistry meters) {
        this.held = held;
        this.recordings = recordings;
        this.links = links;
        this.pool = pool;
        this.store = store;
        this.repair = repair;
        this.facts = facts;
        this.loop = loop;
        this.config = config;
        this.mask = mask;
        this.pace = new Pace(config.takeoversPerSecond(), ThreadLocalRandom.current()::nextDouble);
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
            public void callIsOver(EndReason ended) {
                call.preparation = null;
                if (call.intended == null) {
                    LOG.infof("A call was over already. callId=%s reason=%s", call.callId, ended);
                    call.intended = ended;
                    facts.ending(call, ended);
                }
            }

            @Override
            public void lost() {
                withoutBridge(call, link);
            }

            @Override
            public void giveAway(String reason) {
                relieve(call);
            }
        });
        call.preparation = new HeldCall.Preparation(link, number);
        link.order(
                number, RecordKind.PREPARE, call.prepare(mask, Clock.systemUTC().millis()));
    }

    /** The bridge that was ordered to prepare drains, and says so again and again: another is ordered, if there is one. */
    private void relieve(HeldCall call) {
        if (call.ended || call.moving || call.relieving || call.intended != null || call.session != null) {
            return;
        }
        call.relieving = true;
        waitsHere(call).onSuccess(here -> {
            call.relieving = false;
            if (here && !call.moving && call.intended == null) {
                pool.choose(Set.of(call.bridge.bridgeId())).ifPresent(next -> {
                    withdraw(call);
                    take(call, next, false);
                });
            }
        });
    }

    private void withoutBridge(HeldCall call, AudioLink link) {
        var preparation = call.preparation;
        if (preparation != null && preparation.link() == link) {
            call.preparation = null;
            waitsHere(call).onSuccess(here -> {
                if (here && call.preparation == null) {
                    move(call);
                }
            });
        }
    }

    /**
     * Whether a call still waits here for its stream, with the bridge that it has. One whose stream is at another gateway is
     * let go: that one sees to it. While Redis does not say, nobody knows, and it is asked again: the call may be over, and a
     * stream that comes here finds a bridge itself. Never fails.
     */
    private Future<Boolean> waitsHere(HeldCall call) {
        var here = Promise.<Boolean>promise();
        look(call, call.epoch, store.callPatiently(call.callId), here);
        return here.future();
    }

    private void look(HeldCall call, long epoch, Future<Optional<LiveCall>> known, Promise<Boolean> here) {
        known.onComplete(answer -> {
            if (call.ended || call.session != null || call.epoch != epoch || !holds(call)) {
                here.complete(false);
            } else if (answer.failed()) {
                loop.after(ASK_AGAIN_MS, () -> look(call, epoch, store.call(call.callId), here));
            } else if (answer.result().filter(call::isOlderThan).isPresent()) {
                LOG.infof("A call is at another gateway. callId=%s", call.callId);
                letGo(call);
                here.complete(false);
            } else {
                here.complete(true);
            }
        });
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

    /** Takes the order to prepare back: nobody will come. */
    void withdraw(HeldCall call) {
        var preparation = call.preparation;
        if (preparation != null) {
            preparation
                    .link()
                    .control(preparation.number(), 0, RecordKind.DETACHED, new LinkControl.Detached("stopped", null));
        }
        forget(call);
    }

    /** Stops listening to what becomes of the order to prepare. */
    void forget(HeldCall call) {
        var preparation = call.preparation;
        call.preparation = null;
        if (preparation != null) {
            preparation.link().close(preparation.number());
        }
    }

    /** Another gateway has the call: nothing is left of it here, and its bridge hears nothing of that. */
    void letGo(HeldCall call) {
        loop.cancel(call.timer);
        call.timer = -1;
        forget(call);
        recordings.forget(call.callId);
        held.forget(call);
    }

    /** Not when it was let go meanwhile: whoever has it now must not lose it to us. */
    private boolean holds(HeldCall call) {
        return held.byId(call.callId) == call;
    }

    /** Gives the call to another bridge, with its stream if it has one. */
    void move(HeldCall call) {
        move(call, call.bridge.bridgeId());
    }

    /** @param lost the bridge that is gone or refused the call */
    void move(HeldCall call, String lost) {
        if (call.ended || call.moving || call.intended != null) {
            return;
        }
        call.moving = true;
        var sinceMs = loop.nowMs();
        // All calls of a bridge are lost in one moment; the others must not open all their model sessions in one.
        loop.after(pace.delayMs(sinceMs), () -> tryToMove(call, sinceMs, lost));
    }

    private void tryToMove(HeldCall call, long sinceMs, String lost) {
        if (call.ended || !holds(call)) {
            call.moving = false;
            return;
        }
        var waitedMs = loop.nowMs() - sinceMs;
        var another = pool.choose(Set.of(lost));
        // The one that lost or refused it may have it again when there is no other, and it has come back since.
        var next = another.isEmpty() && waitedMs >= TRY_AGAIN_MS && pool.livesSince(lost, sinceMs)
                ? pool.choose(Set.of())
                : another;
        if (next.isPresent()) {
            take(call, next.get(), false);
        } else if (waitedMs < config.takeoverMs()) {
            // One that starts is seen by the pool's next look.
            loop.after(TRY_AGAIN_MS, () -> tryToMove(call, sinceMs, lost));
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

    /**
     * Makes a bridge the call's, and attaches the caller if he is here.
     *
     * @param warm whether it stands ready, so that no order to prepare is needed
     */
    void take(HeldCall call, BridgeEntry next, boolean warm) {
        call.moving = true;
        var wallClockMs = Clock.systemUTC().millis();
        store.own(call.callId, next.bridgeId(), call.epoch, wallClockMs)
                .otherwise(0L)
                .onSuccess(epoch -> {
                    call.moving = false;
                    if (call.ended || !holds(call)) {
                        return;
                    }
                    var unwritten = epoch <= call.epoch;
                    // Redis is away or knows nothing: the same rule, applied here. Who holds the caller's socket
                    // decides.
                    call.epoch = unwritten ? Math.max(call.epoch + 1, wallClockMs) : epoch;
                    call.bridge = next;
                    if (unwritten) {
                        repair.write(call);
                    }
                    call.movedMs = loop.nowMs();
                    moved.increment();
                    LOG.infof(
                            "A call has a new bridge. callId=%s bridgeId=%s epoch=%d",
                            call.callId, next.bridgeId(), call.epoch);
                    if (!warm || call.session == null) {
                        prepare(call);
                    }
                    attach(call);
                });
    }
}
