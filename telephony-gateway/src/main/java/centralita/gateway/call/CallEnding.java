package centralita.gateway.call;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.MediaLoop;
import centralita.gateway.admission.Admissions;
import centralita.gateway.assistant.AssistantDirectory;
import centralita.gateway.ladder.Situation;
import centralita.gateway.recording.Recordings;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveCall;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends calls, each once: by the provider's word, by ours, or because nobody came back. Event loop only.
 */
@Singleton
class CallEnding {
    private static final Logger LOG = Logger.getLogger(CallEnding.class);
    /** While Redis is away nobody knows whether a call went on elsewhere; so often it is asked, so far apart. */
    private static final int MOST_LOOKS = 18;

    private static final long LOOK_AGAIN_MS = 10_000;

    private final HeldCalls held;
    private final CallFacts facts;
    private final BridgeOwnership ownership;
    private final LiveStore store;
    private final Recordings recordings;
    private final MediaLoop loop;
    private final Admissions admissions;
    private final AssistantDirectory assistants;
    private final GatewayPresence presence;
    private final LadderCalls ladder;
    private final Callbacks callbacks;

    CallEnding(
            HeldCalls held,
            CallFacts facts,
            BridgeOwnership ownership,
            LiveStore store,
            Recordings recordings,
            MediaLoop loop,
            Admissions admissions,
            AssistantDirectory assistants,
            GatewayPresence presence,
            LadderCalls ladder,
            Callbacks callbacks) {
        this.held = held;
        this.facts = facts;
        this.ownership = ownership;
        this.store = store;
        this.recordings = recordings;
        this.loop = loop;
        this.admissions = admissions;
        this.assistants = assistants;
        this.presence = presence;
        this.ladder = ladder;
        this.callbacks = callbacks;
    }

    /** The provider was asked for a stream, or lost one: without it the call is over some day. */
    void expectStream(HeldCall call, long withinMs) {
        if (call.ended) {
            return;
        }
        streamCame(call);
        call.timer = loop.after(withinMs, () -> nobodyCame(call, MOST_LOOKS));
    }

    void streamCame(HeldCall call) {
        if (call.timer >= 0) {
            loop.cancel(call.timer);
            call.timer = -1;
        }
    }

    /** Perhaps he went to another gateway, which needs no word from us. */
    private void nobodyCame(HeldCall call, int looksLeft) {
        call.timer = -1;
        store.call(call.callId).onComplete(answer -> {
            if (call.ended || call.timer >= 0 || call.session != null || held.byId(call.callId) != call) {
                return;
            }
            if (answer.failed() && call.intended == null && looksLeft > 1) {
                call.timer = loop.after(LOOK_AGAIN_MS, () -> nobodyCame(call, looksLeft - 1));
                return;
            }
            var live = answer.succeeded() ? answer.result() : Optional.<LiveCall>empty();
            if (live.filter(call::isOlderThan).isPresent()) {
                LOG.infof("A call went on at another gateway. callId=%s", call.callId);
                ownership.letGo(call);
            } else {
                endAlone(call);
            }
        });
    }

    private void endAlone(HeldCall call) {
        var intended = call.intended;
        if (intended != null) {
            end(call, Outcome.COMPLETED, intended);
        } else {
            end(call, Outcome.DROPPED, call.streams == 0 ? EndReason.NEVER_ATTACHED : EndReason.STREAM_LOST);
        }
    }

    /** How a call ended, where the reason says more than the provider does. @param told by the provider */
    static Outcome outcome(EndReason reason, Outcome told) {
        return told == Outcome.COMPLETED
                ? Situation.of(reason).map(Situation::outcome).orElse(told)
                : told;
    }

    /** No assistant serves the call any more: what the caller is offered instead. Never fails. */
    Future<Answer> toLadder(HeldCall call, Situation situation) {
        call.ended = true;
        call.intended = situation.reason();
        streamCame(call);
        leaveBridges(call);
        held.remove(call);
        recordings.over(call.callId);
        facts.ending(call, situation.reason());
        return ladder.enter(call.live("ending"), call.assistant, situation);
    }

    /** No bridge need stand ready for it any more. */
    private void leaveBridges(HeldCall call) {
        ownership.withdraw(call);
        var passage = call.passage;
        if (passage != null) {
            passage.on(HandOver.Input.CALLER_LOST);
        }
    }

    /** The end of a call. Only the first one counts. @param told as the provider or we see it */
    void end(HeldCall call, Outcome told, EndReason reason) {
        if (call.ended) {
            return;
        }
        call.ended = true;
        streamCame(call);
        leaveBridges(call);
        held.remove(call);
        recordings.over(call.callId);
        var outcome = outcome(reason, told);
        LOG.infof("A call has ended. callId=%s outcome=%s reason=%s", call.callId, outcome, reason);
        admissions.release(call.asking());
        facts.ended(call.live("ending"), outcome, reason);
    }

    /** The end of a call, for the reason that somebody had; without one the caller has hung up. Only the first end counts. */
    void end(HeldCall call, Outcome told) {
        end(call, told, call.intended != null ? call.intended : byProvider(told));
    }

    /** Nobody here meant it to end. */
    private static EndReason byProvider(Outcome told) {
        return told == Outcome.COMPLETED ? EndReason.CALLER_HUNG_UP : EndReason.UNKNOWN;
    }

    /**
     * The end of a call that another gateway holds, or held. When that gateway is gone and nobody meant the call to end, it
     * was our fault: the provider cut it (F-P3), and the caller is called back.
     */
    void endElsewhere(LiveCall live, Outcome told) {
        if (told != Outcome.COMPLETED || live.endReason() != null || live.streams() == 0) {
            tell(live, told, reason(live, told));
            return;
        }
        presence.holderGone(live.callId()).onSuccess(gone -> {
            if (gone) {
                tell(live, told, EndReason.DROPPED_BY_PLATFORM).onSuccess(first -> {
                    if (first) {
                        callbacks.dropped(live);
                    }
                });
            } else {
                tell(live, told, reason(live, told));
            }
        });
    }

    private static EndReason reason(LiveCall live, Outcome told) {
        if (live.phase().equals(LadderCalls.WITH_PEOPLE)) {
            return EndReason.TRANSFERRED;
        }
        var known = live.endReason();
        return known != null ? known : byProvider(told);
    }

    private Future<Boolean> tell(LiveCall live, Outcome told, EndReason reason) {
        assistants
                .named(live.assistantId())
                .onSuccess(assistant -> assistant.ifPresent(it -> admissions.release(
                        new Admissions.Asking(live.callSid(), live.direction(), live.theirs(), it))));
        return facts.ended(live, outcome(reason, told), reason);
    }
}
