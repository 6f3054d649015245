package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.id.UuidV7;
import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.admission.Admissions;
import centralita.gateway.admission.Refusal;
import centralita.gateway.admission.Verdict;
import centralita.gateway.assistant.AssistantDirectory;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.recording.Recordings;
import centralita.gateway.redis.LiveStore;
import centralita.gateway.session.AudioSession;
import centralita.gateway.session.AudioSessions;
import centralita.gateway.session.CallerSocket;
import centralita.gateway.session.SessionOwner;
import centralita.gateway.session.StreamEnd;
import centralita.livestate.LiveCall;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The calls of this gateway from webhook to end. Everything that a caller waits for is decided here and now, or after at
 * most one question to Redis, which has little time to answer. Event loop only.
 */
@Singleton
public class Calls implements SessionOwner {
    private static final Logger LOG = Logger.getLogger(Calls.class);

    private final HeldCalls held;
    private final AssistantDirectory assistants;
    private final BridgePool pool;
    private final BridgeOwnership ownership;
    private final AudioSessions sessions;
    private final LiveStore store;
    private final CallFacts facts;
    private final CallEnding ending;
    private final CallAdoption adoption;
    private final HandOvers handOvers;
    private final MediaLoop loop;
    private final Recordings recordings;
    private final Admissions admissions;
    private final LadderCalls ladder;
    private final GatewayPresence presence;
    private final GatewayConfig config;
    private final Clock clock = Clock.systemUTC();
    /** Webhooks that are being answered, so that a repetition of one gets the same answer. */
    private final Map<String, Future<Answer>> answering = new HashMap<>();

    Calls(
            HeldCalls held,
            AssistantDirectory assistants,
            BridgePool pool,
            BridgeOwnership ownership,
            AudioSessions sessions,
            LiveStore store,
            CallFacts facts,
            CallEnding ending,
            CallAdoption adoption,
            HandOvers handOvers,
            MediaLoop loop,
            Recordings recordings,
            Admissions admissions,
            LadderCalls ladder,
            GatewayPresence presence,
            GatewayConfig config) {
        this.held = held;
        this.assistants = assistants;
        this.pool = pool;
        this.ownership = ownership;
        this.sessions = sessions;
        this.store = store;
        this.facts = facts;
        this.ending = ending;
        this.adoption = adoption;
        this.handOvers = handOvers;
        this.loop = loop;
        this.recordings = recordings;
        this.admissions = admissions;
        this.ladder = ladder;
        this.presence = presence;
        this.config = config;
    }

    /** Answers a call that rings, or was answered at the other end. A repetition is the same call. Never fails. */
    public Future<Answer> receive(IncomingCall incoming) {
        var known = held.bySid(incoming.callSid());
        if (known != null) {
            return Future.succeededFuture(again(known));
        }
        var climbing = ladder.again(incoming.callSid());
        if (climbing.isPresent()) {
            return Future.succeededFuture(climbing.get());
        }
        if (held.endedLately(incoming.callSid()).isPresent()) {
            return Future.succeededFuture(new Answer.HangUp());
        }
        var running = answering.get(incoming.callSid());
        if (running != null) {
            return running;
        }
        var answer = assistants
                .of(incoming.ours())
                .compose(assistant -> assistant.map(it -> begin(incoming, it)).orElseGet(() -> {
                    facts.refused("no-assistant");
                    LOG.warnf("No assistant answers the number that was called. callSid=%s", incoming.callSid());
                    return Future.succeededFuture(new Answer.Apologize(Line.NOBODY_HERE, ladder.languageOf(incoming)));
                }));
        if (!answer.isComplete()) {
            answering.put(incoming.callSid(), answer);
            answer.onComplete(_ -> answering.remove(incoming.callSid()));
        }
        return answer;
    }

    private static Answer again(HeldCall call) {
        return call.intended != null
                ? new Answer.HangUp()
                : new Answer.Connect(call.callId, call.incoming, call.assistant, call.streams + 1);
    }

    private Future<Answer> begin(IncomingCall incoming, AssistantProfile assistant) {
        var callId = UuidV7.next();
        if (held.size() + answering.size() >= config.maxCalls()) {
            return refuse(callId, incoming, assistant, Refusal.FULL);
        }
        var asking = new Admissions.Asking(incoming.callSid(), incoming.direction(), incoming.theirs(), assistant);
        return switch (admissions.decide(asking)) {
            case Verdict.NoRoom(var reason) -> refuse(callId, incoming, assistant, reason);
            case Verdict.Admitted admitted ->
                pool.choose(Set.of())
                        .map(bridge -> {
                            var call = new HeldCall(callId, incoming, assistant, clock.millis(), bridge);
                            return begin(call, admitted);
                        })
                        .orElseGet(() -> refuse(callId, incoming, assistant, Refusal.NO_BRIDGE));
        };
    }

    /** Both questions are on their way at once: a caller waits for one answer of Redis, not for two. */
    private Future<Answer> begin(HeldCall call, Verdict.Admitted admitted) {
        var reserved = admissions.reserve(call.asking(), admitted);
        return owner(call.live("ringing"))
                .compose(owner -> owner.equals(call.callId)
                        ? reserved.map(verdict -> switch (verdict) {
                            case Verdict.Admitted _ -> hold(call);
                            case Verdict.NoRoom(var reason) ->
                                refuse(
                                        ladder.unserved(call.callId, call.incoming, call.assistant, reason),
                                        call.assistant,
                                        reason);
                        })
                        : answerOf(owner, call.incoming));
    }

    /** The call that the provider's id stands for; without Redis, this webhook is taken for its first. Never fails. */
    private Future<UUID> owner(LiveCall live) {
        return store.receive(live).otherwise(live.callId());
    }

    private Future<Answer> refuse(UUID callId, IncomingCall incoming, AssistantProfile assistant, Refusal reason) {
        var call = ladder.unserved(callId, incoming, assistant, reason);
        return owner(call)
                .compose(owner -> owner.equals(callId)
                        ? Future.succeededFuture(refuse(call, assistant, reason))
                        : answerOf(owner, incoming));
    }

    private Answer refuse(LiveCall call, AssistantProfile assistant, Refusal reason) {
        LOG.warnf(
                "A call is not admitted. callId=%s callSid=%s reason=%s", call.callId(), call.callSid(), reason.word());
        facts.ending(call.callId(), LadderCalls.situation(reason).reason());
        return ladder.refuse(call, assistant, reason);
    }

    /** A webhook that came to another gateway, too, is answered as it was there. */
    private Future<Answer> answerOf(UUID callId, IncomingCall incoming) {
        return store.call(callId).otherwise(Optional.empty()).compose(live -> {
            var situation = live.map(LiveCall::endReason).flatMap(Situation::of);
            return situation.isPresent()
                    ? ladder.next(callId, incoming, situation.get(), 0)
                    : adoption.look(callId).map(found -> found.map(Calls::again).orElseGet(Answer.HangUp::new));
        });
    }

    private Answer hold(HeldCall call) {
        held.add(call);
        ownership.prepare(call);
        ending.expectStream(call, config.firstStreamMs());
        facts.received(call);
        return again(call);
    }

    /**
     * The provider asks what comes after a stream: the end when it was meant to end, another stream when it was not.
     *
     * @param incoming the call as this request tells it, for the case that nobody remembers it
     */
    public Future<Answer> afterStream(UUID callId, IncomingCall incoming) {
        var climbing = ladder.again(incoming.callSid());
        if (climbing.isPresent()) {
            return Future.succeededFuture(climbing.get());
        }
        if (held.endedLately(incoming.callSid()).isPresent()) {
            return Future.succeededFuture(new Answer.HangUp());
        }
        return adoption.adopt(callId, incoming, 1)
                .compose(found -> found.map(it -> Future.succeededFuture(next(it)))
                        .orElseGet(() -> ladder.lost(callId, incoming)));
    }

    private Answer next(HeldCall call) {
        if (call.session != null) {
            // The provider is done with a stream whose end we have not seen yet.
            call.session.ended(StreamEnd.LOST);
        }
        var intended = call.intended;
        if (intended == EndReason.MODEL_UNAVAILABLE) {
            return ending.toLadder(call, Situation.MODEL_UNAVAILABLE);
        }
        if (intended != null) {
            ending.end(call, Outcome.COMPLETED, intended);
            return new Answer.HangUp();
        }
        if (call.streams >= config.maxStreams()) {
            return ending.toLadder(call, Situation.STREAM_LOST);
        }
        if (call.preparation == null) {
            ownership.prepare(call);
        }
        ending.expectStream(call, config.comeBackMs());
        return again(call);
    }

    /**
     * A stream of the call has begun.
     *
     * @param incoming the call as the stream tells it
     * @param number of the stream within the call, from 1
     * @return the session, or empty when the call is unknown or over
     */
    public Future<Optional<AudioSession>> attach(
            UUID callId, IncomingCall incoming, int number, String streamSid, CallerSocket socket) {
        return adoption.adopt(callId, incoming, number - 1)
                .map(found -> found.filter(call -> call.intended == null
                                && !call.ended
                                && call.incoming.callSid().equals(incoming.callSid()))
                        .map(call -> attach(call, streamSid, socket)));
    }

    private AudioSession attach(HeldCall call, String streamSid, CallerSocket socket) {
        var older = call.session;
        if (older != null) {
            older.close(StreamEnd.REPLACED, (short) 1000, "another stream has taken over");
        }
        ending.streamCame(call);
        call.streams++;
        var tap = recordings.begin(call.callId, call.assistant, call.streams, call.incoming.traceparent());
        var session = sessions.open(
                call.callId,
                streamSid,
                call.streams,
                socket,
                this,
                tap,
                call.assistant.model().turnDetection().guardsEcho());
        call.session = session;
        if (!call.moving) {
            ownership.attach(call);
        }
        facts.streamStarted(call, session);
        facts.remember(
                call,
                Map.of("phase", "talking", "streams", Integer.toString(call.streams), "gateway", presence.gatewayId()));
        return session;
    }

    /** Whether a stream of the call lives here: then no second one is let in, whoever brings it (TH-4). */
    public boolean streaming(UUID callId) {
        var call = held.byId(callId);
        return call != null && call.session != null && call.session.lives(loop.nowMs());
    }

    /** The provider says that a call is over. @param callId as the callback's path names it; empty when it names none */
    public Future<Void> over(Optional<UUID> callId, String callSid, Outcome outcome) {
        var known = held.bySid(callSid);
        if (known != null) {
            return over(known, outcome);
        }
        if (ladder.over(callSid, outcome) || held.endedLately(callSid).isPresent()) {
            return Future.succeededFuture();
        }
        return callId.map(id -> Future.succeededFuture(Optional.of(id)))
                .orElseGet(() -> store.callOf(callSid).otherwise(Optional.empty()))
                .compose(id -> id.isEmpty() ? Future.succeededFuture() : overElsewhere(id.get(), callSid, outcome));
    }

    /** Without a stream here it may have gone on at another gateway, which knows better why it ends. */
    private Future<Void> over(HeldCall known, Outcome outcome) {
        if (known.session != null) {
            finish(known, outcome);
            return Future.succeededFuture();
        }
        return store.call(known.callId).otherwise(Optional.empty()).map(live -> {
            var newer = live.filter(known::isOlderThan);
            if (newer.isPresent() && known.session == null && !known.ended) {
                ownership.letGo(known);
                ending.endElsewhere(newer.get(), outcome);
            } else {
                finish(known, outcome);
            }
            return null;
        });
    }

    private Future<Void> overElsewhere(UUID callId, String callSid, Outcome outcome) {
        return store.call(callId).otherwise(Optional.empty()).map(live -> {
            live.filter(it -> it.callSid().equals(callSid)).ifPresent(it -> ending.endElsewhere(it, outcome));
            return null;
        });
    }

    private void finish(HeldCall call, Outcome outcome) {
        var session = call.session;
        if (session != null) {
            // The stream's end is told before the call's.
            session.close(StreamEnd.STOPPED, (short) 1000, "the call is over");
        }
        ending.end(call, outcome, reason(call, outcome));
    }

    private static EndReason reason(HeldCall call, Outcome outcome) {
        return call.intended != null
                ? call.intended
                : outcome == Outcome.COMPLETED ? EndReason.CALLER_HUNG_UP : EndReason.UNKNOWN;
    }

    /** What is said when answering failed: in the language of the number. */
    public Answer apology(IncomingCall incoming) {
        return new Answer.Apologize(Line.BROKEN_OFF, ladder.languageOf(incoming));
    }

    /** The call of a provider's id, if this gateway holds it. */
    public Optional<UUID> holding(String callSid) {
        return Optional.ofNullable(held.bySid(callSid)).map(call -> call.callId);
    }

    // From sessions.

    @Override
    public void ready(AudioSession session, long epoch) {
        var call = held.byId(session.callId());
        if (call == null) {
            return;
        }
        var move = call.move;
        if (move != null && call.session == session) {
            call.move = null;
            facts.moved(call, move, loop.nowMs() - move.sinceMs());
        }
    }

    @Override
    public void spoke(AudioSession session) {
        var call = held.byId(session.callId());
        if (call != null) {
            call.served = true;
        }
    }

    @Override
    public void refused(AudioSession session, String reason) {
        LOG.infof("A bridge refuses a stream. callId=%s reason=%s", session.callId(), reason);
        withoutBridge(session, MoveCause.REFUSED, HandOver.Input.SERVING_LOST);
    }

    @Override
    public void bridgeLost(AudioSession session) {
        withoutBridge(session, MoveCause.LOST, HandOver.Input.SERVING_LOST);
    }

    @Override
    public void released(AudioSession session) {
        withoutBridge(session, MoveCause.DRAINING, HandOver.Input.RELEASED);
    }

    /** The caller has no bridge: the one that stands ready takes him, or another is found. */
    private void withoutBridge(AudioSession session, MoveCause cause, HandOver.Input input) {
        var call = held.byId(session.callId());
        if (call == null || call.session != session) {
            return;
        }
        var passage = call.passage;
        call.unserved(passage == null || input != HandOver.Input.RELEASED ? cause : passage.cause(), loop.nowMs());
        if (passage == null || !passage.on(input)) {
            ownership.move(call);
        }
    }

    @Override
    public void giveAway(AudioSession session, String reason) {
        var call = held.byId(session.callId());
        if (call != null && call.session == session) {
            handOvers.asked(call, reason);
        }
    }

    @Override
    public void hangingUp(AudioSession session, EndReason reason) {
        var call = held.byId(session.callId());
        if (call != null && call.intended == null) {
            call.intended = reason;
            facts.ending(call, reason);
        }
    }

    @Override
    public void over(AudioSession session, StreamEnd end) {
        sessions.forget(session);
        var call = held.byId(session.callId());
        if (call == null) {
            facts.streamEnded(session, end, Optional.empty());
            return;
        }
        facts.streamEnded(session, end, Optional.ofNullable(call.incoming.traceparent()));
        if (call.session == session) {
            call.session = null;
            call.move = null;
            var passage = call.passage;
            if (passage != null) {
                passage.on(HandOver.Input.CALLER_LOST);
            }
        }
        switch (end) {
            case STOPPED -> {
                if (!call.ended) {
                    ending.end(call, Outcome.COMPLETED, reason(call, Outcome.COMPLETED));
                }
            }
            case CLOSED, LOST -> ending.expectStream(call, config.comeBackMs());
            case REPLACED -> LOG.infof("A stream was replaced. callId=%s", call.callId);
        }
    }
}
