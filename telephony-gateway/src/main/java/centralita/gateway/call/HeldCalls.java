package centralita.gateway.call;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls that this gateway holds, and those that it held lately, so that a late webhook wakes none. Event loop only. */
@Singleton
class HeldCalls {
    /** An hour of calls at three a second; the provider repeats itself within seconds. */
    private static final int REMEMBERED = 10_000;

    private final Map<UUID, HeldCall> byId = new HashMap<>();
    private final Map<String, HeldCall> bySid = new HashMap<>();
    private final Map<String, CallTrace> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CallTrace> eldest) {
            return size() > REMEMBERED;
        }
    };

    HeldCalls(MeterRegistry meters) {
        Gauge.builder("calls.active", byId, Map::size)
                .description("Calls that this gateway holds.")
                .register(meters);
    }

    void add(HeldCall call) {
        byId.put(call.callId, call);
        bySid.put(call.incoming.callSid(), call);
    }

    /** Takes a call out. @return whether it was there */
    boolean remove(HeldCall call) {
        var was = byId.remove(call.callId, call);
        bySid.remove(call.incoming.callSid(), call);
        ended.put(call.incoming.callSid(), call.trace());
        return was;
    }

    /** A call that was never held here, or not to its end, is over. */
    void endedNow(String callSid, CallTrace trace) {
        ended.put(callSid, trace);
    }

    /** Another gateway holds the call: nothing is left of it here. */
    void forget(HeldCall call) {
        byId.remove(call.callId, call);
        bySid.remove(call.incoming.callSid(), call);
    }

    Collection<HeldCall> all() {
        return List.copyOf(byId.values());
    }

    @Nullable
    HeldCall byId(UUID callId) {
        return byId.get(callId);
    }

    @Nullable
    HeldCall bySid(String callSid) {
        return bySid.get(callSid);
    }

    /** What is left of a call that this gateway held. */
    Optional<CallTrace> endedLately(String callSid) {
        return Optional.ofNullable(ended.get(callSid));
    }

    int size() {
        return byId.size();
    }
}
