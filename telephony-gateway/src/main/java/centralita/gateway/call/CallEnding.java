package centralita.gateway.call;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.MediaLoop;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveCall;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends calls, each once: by the provider's word, by ours, or because nobody came back. Event loop only.
 */
@Singleton
class CallEnding {
    private static final Logger LOG = Logger.getLogger(CallEnding.class);

    private final HeldCalls held;
    private final CallFacts facts;
    private final BridgeOwnership ownership;
    private final LiveStore store;
    private final MediaLoop loop;

    CallEnding(HeldCalls held, CallFacts facts, BridgeOwnership ownership, LiveStore store, MediaLoop loop) {
        this.held = held;
        this.facts = facts;
        this.ownership = ownership;
        this.store = store;
        this.loop = loop;
    }

    /** The provider was asked for a stream, or lost one: without it the call is over some day. */
    void expectStream(HeldCall call, long withinMs) {
        if (call.ended) {
            return;
        }
        streamCame(call);
        call.timer = loop.after(withinMs, () -> nobodyCame(call));
    }

    void streamCame(HeldCall call) {
        if (call.timer >= 0) {
            loop.cancel(call.timer);
            call.timer = -1;
        }
    }

    /** Perhaps he went to another gateway, which needs no word from us. */
    private void nobodyCame(HeldCall call) {
        call.timer = -1;
        store.call(call.callId).otherwise(Optional.empty()).onSuccess(live -> {
            if (call.ended || call.timer >= 0 || call.session != null) {
                return;
            }
            if (live.filter(call::isOlderThan).isPresent()) {
                LOG.infof("A call went on at another gateway. callId=%s", call.callId);
                ownership.forget(call);
                held.forget(call);
            } else {
                endAlone(call);
            }
        });
    }

    private void endAlone(HeldCall call) {
        var intended = call.intended;
        if (intended != null) {
            end(call, intended == EndReason.MODEL_UNAVAILABLE ? Outcome.DROPPED : Outcome.COMPLETED, intended);
        } else {
            end(call, Outcome.DROPPED, call.streams == 0 ? EndReason.NEVER_ATTACHED : EndReason.STREAM_LOST);
        }
    }

    /** The end of a call. Only the first one counts. */
    void end(HeldCall call, Outcome outcome, EndReason reason) {
        if (call.ended) {
            return;
        }
        call.ended = true;
        streamCame(call);
        ownership.withdraw(call);
        var passage = call.passage;
        if (passage != null) {
            passage.on(HandOver.Input.CALLER_LOST);
        }
        held.remove(call);
        LOG.infof("A call has ended. callId=%s outcome=%s reason=%s", call.callId, outcome, reason);
        facts.ended(call.live("ending"), outcome, reason);
    }

    /** The end of a call that another gateway holds, or held. */
    void endElsewhere(LiveCall live, Outcome outcome) {
        var known = live.endReason();
        facts.ended(
                live,
                outcome,
                known != null ? known : outcome == Outcome.COMPLETED ? EndReason.CALLER_HUNG_UP : EndReason.UNKNOWN);
    }
}
