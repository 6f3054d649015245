package centralita.gateway.call;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLink;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.link.LinkListener;
import centralita.gateway.pool.BridgePool;
import centralita.livestate.BridgeEntry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Moves calls from one bridge to another in peace: a bridge that drains asks for it, or the gateway finds that one carries
 * too much. Carries out what {@link HandOver} decides. Event loop only.
 */
@Singleton
class HandOvers {
    private static final Logger LOG = Logger.getLogger(HandOvers.class);
    /** In place of a time: the order to let go is taken back. */
    private static final long STAY = -1;

    private final AudioLinks links;
    private final BridgePool pool;
    private final BridgeOwnership ownership;
    private final MediaLoop loop;
    private final HandOverConfig config;
    private final NumberMask mask;
    private final MeterRegistry meters;

    HandOvers(
            AudioLinks links,
            BridgePool pool,
            BridgeOwnership ownership,
            MediaLoop loop,
            HandOverConfig config,
            NumberMask mask,
            MeterRegistry meters) {
        this.links = links;
        this.pool = pool;
        this.ownership = ownership;
        this.loop = loop;
        this.config = config;
        this.mask = mask;
        this.meters = meters;
    }

    /** The bridge of a call asks to be relieved of it. While there is no other one, it asks again. */
    void asked(HeldCall call, String reason) {
        begin(call, "rebalance".equals(reason) ? MoveCause.REBALANCE : MoveCause.DRAINING, config.withinMs());
    }

    /** @param withinMs when no turn boundary comes for so long, the bridge lets go in mid-turn */
    void begin(HeldCall call, MoveCause cause, long withinMs) {
        if (call.ended || call.moving || call.intended != null || call.session == null || call.passage != null) {
            return;
        }
        var next = another(cause, Set.of(call.bridge.bridgeId()));
        if (next.isPresent()) {
            var way = new Way(call, cause, withinMs);
            call.passage = way;
            way.warm(next.get());
        }
    }

    /** Who is well where he is goes nowhere where he might not be. */
    private Optional<BridgeEntry> another(MoveCause cause, Set<String> without) {
        return cause == MoveCause.REBALANCE ? pool.chooseAtEase(without) : pool.choose(without);
    }

    /** One call's way. It hears the bridge that is to take the call, until the call is attached there. */
    private final class Way implements Passage {
        private final HeldCall call;
        private final MoveCause cause;
        private final long withinMs;
        private final long sinceMs = loop.nowMs();
        private final Set<String> tried = new HashSet<>();
        private final long timer;
        private HandOver.State state = new HandOver.State.Warming(false);
        private BridgeEntry target;
        private AudioLink link;
        private int number;

        Way(HeldCall call, MoveCause cause, long withinMs) {
            this.call = call;
            this.cause = cause;
            this.withinMs = withinMs;
            this.target = call.bridge;
            this.link = links.to(call.bridge.address());
            this.timer = loop.after(withinMs + config.patienceMs(), () -> on(HandOver.Input.TIMED_OUT));
            tried.add(call.bridge.bridgeId());
        }

        @Override
        public MoveCause cause() {
            return cause;
        }

        private void warm(BridgeEntry next) {
            target = next;
            link = links.to(next.address());
            tried.add(next.bridgeId());
            var order = new Order();
            number = link.open(order);
            order.number = number;
            link.order(
                    number,
                    RecordKind.PREPARE,
                    call.warm(mask, Clock.systemUTC().millis()));
        }

        @Override
        public boolean on(HandOver.Input input) {
            var decision = HandOver.decide(state, input);
            state = decision.to();
            if (state instanceof HandOver.State.Over) {
                loop.cancel(timer);
                call.passage = null;
            }
            decision.effects().forEach(this::carryOut);
            return decision.effects().contains(HandOver.Effect.ATTACH);
        }

        private void carryOut(HandOver.Effect effect) {
            switch (effect) {
                case ASK_TO_RELEASE -> ask(withinMs);
                case ASK_TO_STAY -> ask(STAY);
                case ATTACH -> {
                    link.close(number);
                    count("moved");
                    ownership.take(call, target, true);
                }
                case WITHDRAW -> {
                    link.control(number, 0, RecordKind.DETACHED, new LinkControl.Detached("stopped", null));
                    link.close(number);
                }
                case TRY_ANOTHER -> {
                    var next = another(cause, tried);
                    if (next.isPresent()) {
                        warm(next.get());
                    } else {
                        on(HandOver.Input.NO_OTHER);
                    }
                }
                case GIVE_UP -> giveUp();
            }
        }

        private void ask(long within) {
            var session = call.session;
            if (session != null) {
                session.handOver(new LinkControl.HandOver(cause.word(), within));
            }
        }

        private void giveUp() {
            count("failed");
            LOG.infof(
                    "A call stays where it is for now. callId=%s bridgeId=%s cause=%s afterMs=%d",
                    call.callId, call.bridge.bridgeId(), cause.word(), loop.nowMs() - sinceMs);
        }

        private void count(String result) {
            meters.counter("calls.handovers", "result", result, "cause", cause.word())
                    .increment();
        }

        /** Hears one order; what an earlier one still says does not matter. */
        private final class Order implements LinkListener {
            private int number = -1;

            private void told(HandOver.Input input) {
                if (number == Way.this.number) {
                    on(input);
                }
            }

            @Override
            public void prepared() {
                told(HandOver.Input.PREPARED);
            }

            @Override
            public void refused(String reason) {
                LOG.infof(
                        "A bridge does not stand ready. callId=%s bridgeId=%s reason=%s",
                        call.callId, target.bridgeId(), reason);
                told(HandOver.Input.REFUSED);
            }

            @Override
            public void giveAway(String reason) {
                // It drains as well: what it was to take goes elsewhere.
                link.control(number, 0, RecordKind.DETACHED, new LinkControl.Detached("stopped", null));
                link.close(number);
                told(HandOver.Input.REFUSED);
            }

            @Override
            public void lost() {
                told(HandOver.Input.REFUSED);
            }
        }
    }
}
