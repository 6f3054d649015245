package centralita.bridge.redis;

import centralita.bridge.pool.BridgePool;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The pool's entries: a set of ids and one hash each, which expires. */
@Singleton
class RedisBridgePool implements BridgePool {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Redis redis;

    RedisBridgePool(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Uni<OptionalLong> announce(BridgeEntry entry) {
        var key = LiveKeys.bridge(entry.bridgeId());
        var set = Request.cmd(Command.HSET).arg(key);
        entry.toFields().forEach((field, value) -> set.arg(field).arg(value));
        return redis.batch(List.of(
                        Request.cmd(Command.HGET).arg(key).arg(BridgeEntry.HEARTBEAT),
                        set,
                        Request.cmd(Command.PEXPIRE).arg(key).arg(LiveKeys.BRIDGE_TTL.toMillis()),
                        Request.cmd(Command.SADD).arg(LiveKeys.BRIDGES).arg(entry.bridgeId())))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(answers -> heartbeat(answers.getFirst()));
    }

    private static OptionalLong heartbeat(@Nullable Response before) {
        return before == null ? OptionalLong.empty() : OptionalLong.of(before.toLong());
    }

    @Override
    public Uni<Void> leave(String bridgeId) {
        return redis.batch(List.of(
                        Request.cmd(Command.SREM).arg(LiveKeys.BRIDGES).arg(bridgeId),
                        Request.cmd(Command.DEL).arg(LiveKeys.bridge(bridgeId))))
                .replaceWithVoid();
    }
}
