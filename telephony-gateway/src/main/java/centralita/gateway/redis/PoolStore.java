package centralita.gateway.redis;

import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the bridges write about themselves. Event loop only. */
@Singleton
public class PoolStore {
    private static final Logger LOG = Logger.getLogger(PoolStore.class);

    private static final int MOST_TOLD = 100;

    private final Redis redis;
    private final Questions questions;
    /** Bridges of which it was said already. */
    private final Set<String> unreadable = new HashSet<>();

    PoolStore(Redis redis, Questions questions) {
        this.redis = redis;
        this.questions = questions;
    }

    /** All bridges. It is asked for even while Redis is left alone, and so finds out when it is back. */
    public Future<List<BridgeEntry>> bridges() {
        return questions.look(() ->
                redis.send(Request.cmd(Command.SMEMBERS).arg(LiveKeys.BRIDGES)).compose(this::entries));
    }

    private Future<List<BridgeEntry>> entries(@Nullable Response ids) {
        var names = new ArrayList<String>();
        if (ids != null) {
            ids.forEach(id -> names.add(id.toString()));
        }
        if (names.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        var requests = names.stream()
                .map(name -> Request.cmd(Command.HGETALL).arg(LiveKeys.bridge(name)))
                .toList();
        return redis.batch(requests).map(answers -> {
            var entries = new ArrayList<BridgeEntry>();
            for (var i = 0; i < names.size(); i++) {
                var fields = RedisHash.fields(answers.get(i));
                if (fields.isEmpty()) {
                    forget(names.get(i));
                } else {
                    read(names.get(i), fields).ifPresent(entries::add);
                }
            }
            return entries;
        });
    }

    /** One bridge that writes in another way must not hide the others. */
    private Optional<BridgeEntry> read(String bridgeId, Map<String, String> fields) {
        try {
            return Optional.of(BridgeEntry.of(bridgeId, fields));
        } catch (IllegalArgumentException e) {
            questions.failed();
            if (unreadable.size() < MOST_TOLD && unreadable.add(bridgeId)) {
                LOG.warnf(
                        "A bridge's entry cannot be read; it gets no calls. bridgeId=%s why=%s",
                        bridgeId, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private void forget(String bridgeId) {
        // One that fails is counted; it is tried again with the next look.
        questions.ask(Request.cmd(Command.SREM).arg(LiveKeys.BRIDGES).arg(bridgeId));
    }
}
