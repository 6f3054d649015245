package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.id.UuidV7;
import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.assistant.AssistantDirectory;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveCall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes calls that another gateway received, or that nobody remembers, calls of this one. Event loop only. */
@Singleton
class CallAdoption {
    /** A Redis that was started anew knows nothing until those who hold the calls have seen it and told it. */
    private static final long TOLD_AGAIN_MS = 300;

    private static final int MOST_LOOKS = 4;

    private final HeldCalls held;
    private final AssistantDirectory assistants;
    private final BridgePool pool;
    private final BridgeOwnership ownership;
    private final LiveStore store;
    private final LiveStateRepair repair;
    private final CallFacts facts;
    private final CallEnding ending;
    private final MediaLoop loop;
    private final GatewayConfig config;
    private final Clock clock = Clock.systemUTC();

    CallAdoption(
            HeldCalls held,
            AssistantDirectory assistants,
            BridgePool pool,
            BridgeOwnership ownership,
            LiveStore store,
            LiveStateRepair repair,
            CallFacts facts,
            CallEnding ending,
            MediaLoop loop,
            GatewayConfig config) {
        this.held = held;
        this.assistants = assistants;
        this.pool = pool;
        this.ownership = ownership;
        this.store = store;
        this.repair = repair;
        this.facts = facts;
        this.ending = ending;
        this.loop = loop;
        this.config = config;
    }

    /**
     * The call, ours already or as Redis tells it; when Redis does not, as the request does.
     *
     * @param incoming the call as the request tells it
     * @param before how it stood before, as the request tells it
     * @return empty when nobody can say whose assistant it was. Never fails
     */
    Future<Optional<HeldCall>> adopt(UUID callId, IncomingCall incoming, Standing before) {
        // Asked at once: who needs it has waited for the other answer already.
        var assistant = assistants.of(incoming.ours());
        return adopt(callId, before)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : assistant.map(it -> remake(callId, incoming, before, it)))
                .map(found -> {
                    found.ifPresent(call -> call.hadStreams(before.streams()));
                    return found;
                });
    }

    private Future<Optional<HeldCall>> adopt(UUID callId, Standing before) {
        var known = held.byId(callId);
        // Without its stream here it may be at another gateway, or have been: also when only its webhook came to us.
        if (known != null && known.session != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        var looks = before.streams() > 0 ? MOST_LOOKS : 1;
        var asked = known == null ? toldOf(callId, looks) : store.call(callId);
        return asked.otherwise(Optional.empty()).compose(live -> {
            var mine = held.byId(callId);
            var newer = mine != null
                    && (mine.isOlderThan(before)
                            || live.filter(mine::isOlderThan).isPresent());
            if (mine != null && (mine.session != null || !newer)) {
                return Future.succeededFuture(Optional.of(mine));
            }
            if (mine != null) {
                ownership.letGo(mine);
            }
            return live.isEmpty() ? Future.succeededFuture(Optional.empty()) : adopt(live.get(), before);
        });
    }

    /** What Redis knows of a call; one that was served once, and of which it knows nothing, it may soon be told of again. */
    private Future<Optional<LiveCall>> toldOf(UUID callId, int looksLeft) {
        return store.callPatiently(callId).compose(live -> {
            if (live.isPresent() || looksLeft <= 1) {
                return Future.succeededFuture(live);
            }
            var pause = Promise.<Void>promise();
            loop.after(TOLD_AGAIN_MS, pause::complete);
            return pause.future().compose(_ -> toldOf(callId, looksLeft - 1));
        });
    }

    private Future<Optional<HeldCall>> adopt(LiveCall live, Standing before) {
        return assistants.named(live.assistantId()).map(assistant -> {
            var already = held.byId(live.callId());
            if (already != null || assistant.isEmpty()) {
                return Optional.ofNullable(already);
            }
            // A Redis that has lost its last second knows an earlier owner than what we gave to the provider.
            var outdated = before.isLaterThan(live.epoch());
            var ownerId = outdated ? before.bridgeId() : live.bridgeId();
            var owner = pool.find(ownerId);
            var bridge = owner.or(() -> pool.choose(Set.of()));
            if (bridge.isEmpty()) {
                return Optional.empty();
            }
            var call = HeldCall.of(live, assistant.get(), bridge.get());
            held.add(call);
            if (outdated) {
                call.epoch = before.epoch();
                repair.write(call);
            }
            if (call.intended == null && owner.isPresent()) {
                ownership.prepare(call);
            } else if (call.intended == null) {
                ownership.move(call, ownerId);
            }
            ending.expectStream(call, config.comeBackMs());
            return Optional.of(call);
        });
    }

    /**
     * The call as Redis tells it, without making it ours: a webhook that comes twice may come to two gateways, and the
     * other one serves the call. Never fails.
     */
    Future<Optional<HeldCall>> look(UUID callId) {
        var known = held.byId(callId);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        return store.call(callId)
                .otherwise(Optional.empty())
                .compose(live -> live.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : assistants
                                .named(live.get().assistantId())
                                .map(assistant -> pool.find(live.get().bridgeId())
                                        .or(() -> pool.choose(Set.of()))
                                        .filter(_ -> assistant.isPresent())
                                        .map(bridge -> HeldCall.of(live.get(), assistant.get(), bridge))));
    }

    /**
     * Redis is away or knows nothing, and another gateway had the call: what the request says is enough to go on. The bridge
     * that it names may have kept the conversation, and goes on with it under its epoch; another one needs a higher one.
     */
    private Optional<HeldCall> remake(
            UUID callId, IncomingCall incoming, Standing before, Optional<AssistantProfile> assistant) {
        var meanwhile = held.byId(callId);
        if (meanwhile != null) {
            return Optional.of(meanwhile);
        }
        var owner = before.isLaterThan(0) ? pool.find(before.bridgeId()) : Optional.<BridgeEntry>empty();
        var bridge = assistant.isEmpty() ? Optional.<BridgeEntry>empty() : owner.or(() -> pool.choose(Set.of()));
        if (bridge.isEmpty()) {
            return Optional.empty();
        }
        var traced = incoming.inTrace(facts.newTrace(callId));
        var call = new HeldCall(callId, traced, assistant.get(), UuidV7.timeMs(callId), bridge.get());
        call.epoch = owner.isPresent() ? before.epoch() : Math.max(before.epoch() + 1, clock.millis());
        call.hadStreams(before.streams());
        call.served = before.streams() > 0;
        held.add(call);
        repair.write(call);
        ownership.prepare(call);
        return Optional.of(call);
    }
}
