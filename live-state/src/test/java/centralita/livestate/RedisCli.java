package centralita.livestate;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to the Redis of the tests, for one test class. Blocks its caller. */
final class RedisCli implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Redis redis = Redis.createClient(vertx, System.getProperty("quarkus.redis.hosts"));

    @Nullable
    Response send(String command, Object... arguments) {
        var request = Request.cmd(Command.create(command));
        for (var argument : arguments) {
            request.arg(argument.toString());
        }
        return await(redis.send(request).toCompletionStage().toCompletableFuture());
    }

    @Nullable
    Response run(LiveScript script, List<String> keys, Object... arguments) {
        return await(later(script, keys, arguments));
    }

    CompletableFuture<@Nullable Response> later(LiveScript script, List<String> keys, Object... arguments) {
        var all = new ArrayList<Object>();
        all.add(script.text());
        all.add(keys.size());
        all.addAll(keys);
        all.addAll(List.of(arguments));
        var request = Request.cmd(Command.EVAL);
        all.forEach(argument -> request.arg(argument.toString()));
        return redis.send(request).toCompletionStage().toCompletableFuture();
    }

    Map<String, String> hash(String key) {
        var fields = new HashMap<String, String>();
        var answer = send("hgetall", key);
        if (answer != null) {
            answer.getKeys().forEach(name -> fields.put(name, answer.get(name).toString()));
        }
        return fields;
    }

    List<String> list(String key) {
        var entries = new ArrayList<String>();
        var answer = send("lrange", key, 0, -1);
        if (answer != null) {
            answer.forEach(entry -> entries.add(entry.toString()));
        }
        return entries;
    }

    /** What is left of a key's life. */
    Duration ttl(String key) {
        var answer = send("ttl", key);
        return Duration.ofSeconds(answer == null ? -2 : answer.toLong());
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Redis did not answer as it should", e);
        }
    }

    @Override
    public void close() {
        redis.close();
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }
}
