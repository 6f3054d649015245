package centralita.bridge.redis;

import centralita.bridge.pool.BridgePool;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The pool's entries: a set of ids and one hash each, which expires. */
@Singleton
class RedisBridgePool implements BridgePool {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Redis redis;

    RedisBridgePool(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Uni<Void> announce(BridgeEntry entry) {
        var key = LiveKeys.bridge(entry.bridgeId());
        var set = Request.cmd(Command.HSET).arg(key);
        entry.toFields().forEach((field, value) -> set.arg(field).arg(value));
        return redis.batch(List.of(
                        set,
                        Request.cmd(Command.PEXPIRE).arg(key).arg(LiveKeys.BRIDGE_TTL.toMillis()),
                        Request.cmd(Command.SADD).arg(LiveKeys.BRIDGES).arg(entry.bridgeId())))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> leave(String bridgeId) {
        return redis.batch(List.of(
                        Request.cmd(Command.SREM).arg(LiveKeys.BRIDGES).arg(bridgeId),
                        Request.cmd(Command.DEL).arg(LiveKeys.bridge(bridgeId))))
                .replaceWithVoid();
    }
}
