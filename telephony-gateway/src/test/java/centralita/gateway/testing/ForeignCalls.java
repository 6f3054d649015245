package centralita.gateway.testing;

import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.id.UuidV7;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import org.jspecify.annotations.Nullable;

/** Calls as another gateway would have written them to Redis: of {@link Assistants#SPANISH}, under epoch 7. */
public final class ForeignCalls {
    public static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    public static final String SPAN_ID = "00f067aa0ba902b7";
    public static final String TRACEPARENT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

    private ForeignCalls() {}

    /**
     * @param caller E.164
     * @param streams that it has had
     * @param end why it is to end; null when nobody means it to
     */
    public static LiveCall write(
            RedisDataSource redis, String caller, int streams, String bridgeId, @Nullable EndReason end) {
        var call = new LiveCall(
                UuidV7.next(),
                Provider.newCallSid(),
                Provider.ACCOUNT,
                Direction.INBOUND,
                Assistants.SPANISH.assistantId(),
                Assistants.SPANISH.version(),
                caller,
                Provider.NUMBER,
                "{\"X-Tenant\":\"acme\"}",
                bridgeId,
                7,
                end == null ? "talking" : "ending",
                streams,
                end,
                System.currentTimeMillis() - 60_000,
                TRACEPARENT);
        redis.hash(String.class).hset(LiveKeys.call(call.callId()), call.toFields());
        redis.value(String.class)
                .set(LiveKeys.callSid(call.callSid()), call.callId().toString());
        return call;
    }
}
