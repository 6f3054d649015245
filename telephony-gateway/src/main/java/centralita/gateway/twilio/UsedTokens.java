package centralita.gateway.twilio;

import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveKeys;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers which stream tokens were used: in Redis for all gateways, here for the time that Redis is away. */
@Singleton
class UsedTokens {
    /** More than are issued while one is valid. */
    private static final int REMEMBERED = 20_000;

    private final LiveStore store;
    private final Map<String, Boolean> used = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    UsedTokens(LiveStore store) {
        this.store = store;
    }

    /** @return whether the token was not used before */
    Future<Boolean> use(StreamToken.Ticket ticket) {
        if (used.putIfAbsent(ticket.nonce(), true) != null) {
            return Future.succeededFuture(false);
        }
        return store.claim(LiveKeys.streamToken(ticket.nonce()), LiveKeys.STREAM_TOKEN_TTL)
                .otherwise(true);
    }
}
