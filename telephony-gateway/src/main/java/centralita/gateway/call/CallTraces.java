package centralita.gateway.call;

import centralita.gateway.redis.LiveStore;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Finds the trace that a call's later webhooks belong to: the provider carries none. Event loop only. */
@Singleton
public class CallTraces {
    private final HeldCalls held;
    private final LiveStore store;

    CallTraces(HeldCalls held, LiveStore store) {
        this.held = held;
        this.store = store;
    }

    /**
     * The trace of a call that this gateway holds or held, or that Redis knows. Never fails.
     *
     * @param callId as the webhook's path names it; empty when it names none
     */
    public Future<Optional<CallTrace>> of(Optional<UUID> callId, String callSid) {
        var known = held.bySid(callSid);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known.trace()));
        }
        var ended = held.endedLately(callSid);
        if (ended.isPresent()) {
            return Future.succeededFuture(ended);
        }
        return callId.map(id -> Future.succeededFuture(Optional.of(id)))
                .orElseGet(() -> store.callOf(callSid))
                .compose(id -> id.isEmpty() ? Future.succeededFuture(Optional.empty()) : store.call(id.get()))
                .map(live -> live.filter(it -> it.callSid().equals(callSid))
                        .map(it -> new CallTrace(it.callId(), it.traceparent())))
                .otherwise(Optional.empty());
    }
}
