package centralita.gateway.redis;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Redis answers when it is asked for a whole hash. */
final class RedisHash {
    private RedisHash() {}

    /** Empty when there is no such hash. RESP3 answers a map, RESP2 a flat list. */
    static Map<String, String> fields(@Nullable Response response) {
        var fields = new HashMap<String, String>();
        if (response == null) {
            return fields;
        }
        if (response.type() == ResponseType.MULTI && !response.getKeys().isEmpty()) {
            response.getKeys()
                    .forEach(name -> fields.put(name, response.get(name).toString()));
        } else {
            for (var i = 0; i + 1 < response.size(); i += 2) {
                fields.put(response.get(i).toString(), response.get(i + 1).toString());
            }
        }
        return fields;
    }
}
