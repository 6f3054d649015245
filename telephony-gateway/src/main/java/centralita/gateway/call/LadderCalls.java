package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.MediaLoop;
import centralita.gateway.admission.Admissions;
import centralita.gateway.admission.Refusal;
import centralita.gateway.assistant.AssistantDirectory;
import centralita.gateway.ladder.Ladder;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.ladder.SpokenLanguage;
import centralita.gateway.ladder.Step;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveCall;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Calls that no assistant serves: where each stands on the ladder, and how it ends, once. Where to go on stands in the
 * addresses that the provider asks next, so any gateway can take the next step; what is kept here is what Redis might have
 * lost. Event loop only.
 */
@Singleton
public class LadderCalls {
    private static final Logger LOG = Logger.getLogger(LadderCalls.class);
    /** The phase of a call whose caller talks with a person. */
    static final String WITH_PEOPLE = "with-people";

    private static final String NO_BRIDGE = "none";

    private final Ladder ladder;
    private final HeldCalls held;
    private final AssistantDirectory assistants;
    private final LiveStore store;
    private final Admissions admissions;
    private final CallFacts facts;
    private final Callbacks callbacks;
    private final MediaLoop loop;
    private final Clock clock = Clock.systemUTC();
    private final Map<UUID, Climber> climbers = new HashMap<>();

    LadderCalls(
            Ladder ladder,
            HeldCalls held,
            AssistantDirectory assistants,
            LiveStore store,
            Admissions admissions,
            CallFacts facts,
            Callbacks callbacks,
            MediaLoop loop) {
        this.ladder = ladder;
        this.held = held;
        this.assistants = assistants;
        this.store = store;
        this.admissions = admissions;
        this.facts = facts;
        this.callbacks = callbacks;
        this.loop = loop;
    }

    /** Why a call that was not admitted cannot be served. */
    static Situation situation(Refusal reason) {
        return reason.limitOnCalls() ? Situation.CALL_LIMIT : Situation.NO_ROOM;
    }

    /** A call that was not admitted, without a bridge. */
    LiveCall unserved(UUID callId, IncomingCall incoming, AssistantProfile assistant, Refusal reason) {
        return unserved(callId, incoming, assistant, situation(reason).reason());
    }

    /** The call as the ladder keeps it: without a bridge. */
    private LiveCall unserved(UUID callId, IncomingCall incoming, AssistantProfile assistant, EndReason reason) {
        return new LiveCall(
                callId,
                incoming.callSid(),
                incoming.accountSid(),
                incoming.direction(),
                assistant.assistantId(),
                assistant.version(),
                incoming.from(),
                incoming.to(),
                "{}",
                NO_BRIDGE,
                1,
                "ending",
                0,
                reason,
                clock.millis(),
                incoming.traceparent());
    }

    /** Puts a call on the ladder, at its foot. Never fails. */
    Future<Answer> enter(LiveCall call, AssistantProfile assistant, Situation situation) {
        var known = climbers.get(call.callId());
        if (known != null) {
            return known.answer;
        }
        var climber = begin(call, assistant, situation);
        admissions.freeSession(climber.asking());
        return climb(climber, 0, List.of(situation.line()));
    }

    /** A call that was not admitted: told, and offered something else. Never fails. */
    Future<Answer> refuse(LiveCall call, AssistantProfile assistant, Refusal reason) {
        var situation = situation(reason);
        facts.refused(
                call, assistant, reason.word(), ladder.offered(situation, assistant.assistantId(), call.theirs()));
        return enter(call, assistant, situation);
    }

    /** What a caller on the ladder was told last, or is being told; empty when he is not on it. */
    Optional<Future<Answer>> again(String callSid) {
        return climbers.values().stream()
                .filter(it -> it.call.callSid().equals(callSid))
                .findFirst()
                .map(it -> it.answer);
    }

    /** The provider asks what comes after a step that led to nothing. @param from the next rung */
    public Future<Answer> next(UUID callId, IncomingCall incoming, Situation situation, int from) {
        return climber(callId, incoming, situation)
                .compose(found -> found.map(it -> climb(it, from, List.of())).orElseGet(() -> apologize(incoming)));
    }

    /**
     * The leg to the human line is over.
     *
     * @param outcome the provider's word, {@code answered} when two talked
     * @param next the rung after this one
     */
    public Future<Answer> personGone(
            UUID callId, IncomingCall incoming, Situation situation, int next, String outcome, long talkTimeMs) {
        return climber(callId, incoming, situation).compose(found -> {
            if (found.isEmpty()) {
                return apologize(incoming);
            }
            var climber = found.get();
            facts.progress(callId, climber.call.traceparent(), new CallFact.SentToPeople(outcome, talkTimeMs));
            if (outcome.equals("answered")) {
                end(climber, Outcome.COMPLETED, EndReason.TRANSFERRED);
                return Future.succeededFuture(new Answer.HangUp());
            }
            climber.withPeople = false;
            return climb(climber, next, List.of(Line.NOBODY_FREE));
        });
    }

    /** A person has answered: from now on the call counts as transferred, however it ends. */
    public void personAnswered(UUID callId) {
        var climber = climbers.get(callId);
        if (climber != null) {
            climber.withPeople = true;
        }
        store.call(callId)
                .onSuccess(live -> live.ifPresent(it -> facts.remember(it, Map.of("phase", WITH_PEOPLE))))
                .onFailure(failure -> LOG.infof("A transfer was not written. callId=%s", callId));
    }

    /** The caller has pressed a key. @param next the rung after this one */
    public Future<Answer> keyPressed(UUID callId, IncomingCall incoming, Situation situation, int at, String digits) {
        return climber(callId, incoming, situation).compose(found -> {
            if (found.isEmpty()) {
                return apologize(incoming);
            }
            if (!digits.equals("1")) {
                return climb(found.get(), at + 1, List.of());
            }
            return promise(found.get(), new Step(at, new Step.Doing.PromiseCallback()), List.of());
        });
    }

    /** The caller has left a message, or hung up while he did. */
    public Future<Answer> messageTaken(UUID callId, IncomingCall incoming, Situation situation) {
        return climber(callId, incoming, situation)
                .compose(found -> found.map(this::thank).orElseGet(() -> apologize(incoming)));
    }

    private Future<Answer> thank(Climber climber) {
        climber.stand(new Step(Integer.MAX_VALUE, new Step.Doing.SayGoodbye()), List.of(Line.MESSAGE_KEPT));
        expectNext(climber);
        return Future.succeededFuture(climber.last);
    }

    /** A call that somebody wanted to serve and nobody can: on the ladder if an assistant is known for it. */
    Future<Answer> lost(UUID callId, IncomingCall incoming) {
        return next(callId, incoming, Situation.STREAM_LOST, 0);
    }

    /** The provider says that a call is over. @return whether it was on the ladder here */
    boolean over(String callSid, Outcome outcome) {
        var climber = climbers.values().stream()
                .filter(it -> it.call.callSid().equals(callSid))
                .findFirst();
        climber.ifPresent(it -> {
            if (it.withPeople) {
                end(it, outcome, EndReason.TRANSFERRED);
            } else {
                end(it, CallEnding.outcome(it.situation.reason(), outcome), it.situation.reason());
            }
        });
        return climber.isPresent();
    }

    private Future<Answer> apologize(IncomingCall incoming) {
        return Future.succeededFuture(new Answer.Apologize(Line.BROKEN_OFF, languageOf(incoming)));
    }

    /** The language of the number that was called, for who has no assistant. */
    SpokenLanguage languageOf(IncomingCall incoming) {
        return assistants
                .known(incoming.ours())
                .map(it -> SpokenLanguage.of(it.language()))
                .orElseGet(() -> SpokenLanguage.ofNumber(incoming.ours(), ladder.language()));
    }

    /** Ours already, or as Redis tells it, or as the request does; empty when no assistant is known for the number. */
    private Future<Optional<Climber>> climber(UUID callId, IncomingCall incoming, Situation situation) {
        var known = climbers.get(callId);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        return assistants
                .of(incoming.ours())
                .compose(assistant -> assistant.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : store.call(callId).otherwise(Optional.empty()).map(live -> {
                            var already = climbers.get(callId);
                            var call = live.filter(it -> it.callSid().equals(incoming.callSid()))
                                    .orElseGet(() -> unserved(callId, incoming, assistant.get(), situation.reason()));
                            return Optional.of(already != null ? already : begin(call, assistant.get(), situation));
                        }));
    }

    private Climber begin(LiveCall call, AssistantProfile assistant, Situation situation) {
        var climber = new Climber(call, assistant, situation);
        climbers.put(call.callId(), climber);
        return climber;
    }

    private Future<Answer> climb(Climber climber, int from, List<Line> before) {
        var step = ladder.step(climber.situation, from, climber.assistant.assistantId(), climber.call.theirs());
        if (step.doing() instanceof Step.Doing.PromiseCallback) {
            return promise(climber, step, before);
        }
        return Future.succeededFuture(take(climber, step, before));
    }

    /** Nobody is told of a callback before it is booked, nor of one that cannot be. */
    private Future<Answer> promise(Climber climber, Step step, List<Line> before) {
        if (climber.booking == null) {
            climber.booking = callbacks.book(climber);
        }
        var answer = climber.booking.<Answer>compose(booked ->
                booked ? Future.succeededFuture(take(climber, step, before)) : climb(climber, step.at() + 1, before));
        if (!answer.isComplete()) {
            climber.answer = answer;
        }
        return answer;
    }

    private Answer take(Climber climber, Step step, List<Line> before) {
        climber.stand(step, before);
        LOG.infof(
                "A caller is on the ladder. callId=%s situation=%s step=%s",
                climber.call.callId(),
                climber.situation.word(),
                step.doing().getClass().getSimpleName());
        expectNext(climber);
        return climber.last;
    }

    /** The provider asks again, or says that the call is over; when it does neither, it is over. */
    private void expectNext(Climber climber) {
        loop.cancel(climber.timer);
        if (climbers.get(climber.call.callId()) != climber) {
            // He has hung up meanwhile.
            return;
        }
        climber.timer = loop.after(ladder.longestSeconds(climber.last.step()) * 1000L, () -> {
            climber.timer = -1;
            over(climber.call.callSid(), Outcome.COMPLETED);
        });
    }

    private void end(Climber climber, Outcome outcome, EndReason reason) {
        if (!climbers.remove(climber.call.callId(), climber)) {
            return;
        }
        loop.cancel(climber.timer);
        var call = climber.call;
        held.endedNow(call.callSid(), new CallTrace(call.callId(), call.traceparent()));
        admissions.release(climber.asking());
        LOG.infof("A call has ended. callId=%s outcome=%s reason=%s", call.callId(), outcome, reason);
        facts.ended(call, outcome, reason);
    }
}
