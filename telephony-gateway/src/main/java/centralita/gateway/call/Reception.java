package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.id.UuidV7;
import centralita.edge.strain.ProcessStrain;
import centralita.gateway.GatewayConfig;
import centralita.gateway.admission.Admissions;
import centralita.gateway.admission.Refusal;
import centralita.gateway.admission.Verdict;
import centralita.gateway.assistant.AssistantDirectory;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.redis.LiveStore;
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
 * Takes calls in. What a caller waits for is decided here and now, or after one round of questions to Redis, which has
 * little time to answer; only a number that was never called here is worth more of it. Event loop only.
 */
@Singleton
public class Reception {
    private static final Logger LOG = Logger.getLogger(Reception.class);

    private final HeldCalls held;
    private final AssistantDirectory assistants;
    private final Admissions admissions;
    private final BridgePool pool;
    private final BridgeOwnership ownership;
    private final LiveStore store;
    private final LiveStateRepair repair;
    private final CallAdoption adoption;
    private final CallEnding ending;
    private final CallFacts facts;
    private final LadderCalls ladder;
    private final ProcessStrain strain;
    private final GatewayConfig config;
    private final Clock clock = Clock.systemUTC();
    /** Webhooks that are being answered, so that a repetition of one gets the same answer. */
    private final Map<String, Future<Answer>> answering = new HashMap<>();

    Reception(
            HeldCalls held,
            AssistantDirectory assistants,
            Admissions admissions,
            BridgePool pool,
            BridgeOwnership ownership,
            LiveStore store,
            LiveStateRepair repair,
            CallAdoption adoption,
            CallEnding ending,
            CallFacts facts,
            LadderCalls ladder,
            ProcessStrain strain,
            GatewayConfig config) {
        this.held = held;
        this.assistants = assistants;
        this.admissions = admissions;
        this.pool = pool;
        this.ownership = ownership;
        this.store = store;
        this.repair = repair;
        this.adoption = adoption;
        this.ending = ending;
        this.facts = facts;
        this.ladder = ladder;
        this.strain = strain;
        this.config = config;
    }

    /** Answers a call that rings, or was answered at the other end. A repetition is the same call. Never fails. */
    public Future<Answer> receive(IncomingCall incoming) {
        var known = held.bySid(incoming.callSid());
        if (known != null) {
            return Future.succeededFuture(known.answer());
        }
        var climbing = ladder.again(incoming.callSid());
        if (climbing.isPresent()) {
            return climbing.get();
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

    /** The answer to a webhook of this call that is still being found; empty when none is. */
    Optional<Future<Answer>> arriving(String callSid) {
        return Optional.ofNullable(answering.get(callSid));
    }

    private Future<Answer> begin(IncomingCall incoming, AssistantProfile assistant) {
        var callId = UuidV7.next();
        if (held.size() + answering.size() >= config.maxCalls()) {
            return refuse(callId, incoming, assistant, Refusal.FULL);
        }
        if (strain.strained()) {
            return refuse(callId, incoming, assistant, Refusal.OVERLOADED);
        }
        var asking = new Admissions.Asking(incoming.callSid(), incoming.direction(), incoming.theirs(), assistant);
        return switch (admissions.decide(asking)) {
            case Verdict.NoRoom(var reason) -> refuse(callId, incoming, assistant, reason);
            case Verdict.Admitted admitted ->
                pool.chooseAtEase(Set.of())
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
        var received = store.receive(call.live("ringing"));
        return received.otherwise(call.callId)
                .compose(owner -> owner.equals(call.callId)
                        ? reserved.compose(reservation -> switch (reservation.verdict()) {
                            case Verdict.Admitted _ ->
                                Future.succeededFuture(hold(call, received.succeeded() && reservation.written()));
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
                .compose(owner -> owner.equals(callId) ? refuse(call, assistant, reason) : answerOf(owner, incoming));
    }

    private Future<Answer> refuse(LiveCall call, AssistantProfile assistant, Refusal reason) {
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
                    : adoption.look(callId)
                            .map(found -> found.map(HeldCall::answer).orElseGet(Answer.HangUp::new));
        });
    }

    /** @param written whether Redis knows of it and of its reservation */
    private Answer hold(HeldCall call, boolean written) {
        held.add(call);
        if (!written) {
            repair.write(call);
        }
        ownership.prepare(call);
        ending.expectStream(call, config.firstStreamMs());
        facts.received(call);
        return call.answer();
    }

    /** What is said when answering failed: in the language of the number. */
    public Answer apology(IncomingCall incoming) {
        return new Answer.Apologize(Line.BROKEN_OFF, ladder.languageOf(incoming));
    }
}
