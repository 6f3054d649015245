package centralita.gateway.call;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.GatewayConfig;
import centralita.gateway.ladder.Situation;
import centralita.gateway.redis.LiveStore;
import centralita.gateway.session.StreamEnd;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * What the provider asks and tells of calls that were taken in: what comes after a stream, and that one is over. Event loop
 * only.
 */
@Singleton
public class Calls {
    private final HeldCalls held;
    private final CallAdoption adoption;
    private final BridgeOwnership ownership;
    private final LiveStore store;
    private final CallEnding ending;
    private final LadderCalls ladder;
    private final Reception reception;
    private final GatewayConfig config;

    Calls(
            HeldCalls held,
            CallAdoption adoption,
            BridgeOwnership ownership,
            LiveStore store,
            CallEnding ending,
            LadderCalls ladder,
            Reception reception,
            GatewayConfig config) {
        this.held = held;
        this.adoption = adoption;
        this.ownership = ownership;
        this.store = store;
        this.ending = ending;
        this.ladder = ladder;
        this.reception = reception;
        this.config = config;
    }

    /**
     * The provider asks what comes after a stream: the end when it was meant to end, another stream when it was not.
     *
     * @param incoming the call as this request tells it, for the case that nobody remembers it
     * @param standing of the call when the stream was asked for
     */
    public Future<Answer> afterStream(UUID callId, IncomingCall incoming, Standing standing) {
        var climbing = ladder.again(incoming.callSid());
        if (climbing.isPresent()) {
            return climbing.get();
        }
        if (held.endedLately(incoming.callSid()).isPresent()) {
            return Future.succeededFuture(new Answer.HangUp());
        }
        return adoption.adopt(callId, incoming, standing)
                .compose(found -> found.map(this::next).orElseGet(() -> ladder.lost(callId, incoming)));
    }

    private Future<Answer> next(HeldCall call) {
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
            return Future.succeededFuture(new Answer.HangUp());
        }
        if (call.streams >= config.maxStreams()) {
            return ending.toLadder(call, Situation.STREAM_LOST);
        }
        if (call.preparation == null) {
            ownership.prepare(call);
        }
        ending.expectStream(call, config.comeBackMs());
        return Future.succeededFuture(call.answer());
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
        var arriving = reception.arriving(callSid);
        if (arriving.isPresent()) {
            // It is over before it was answered: it must have begun to end.
            return arriving.get().transform(_ -> over(callId, callSid, outcome));
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
        ending.end(call, outcome);
    }

    /** The call of a provider's id, if this gateway holds it. */
    public Optional<UUID> holding(String callSid) {
        return Optional.ofNullable(held.bySid(callSid)).map(call -> call.callId);
    }
}
