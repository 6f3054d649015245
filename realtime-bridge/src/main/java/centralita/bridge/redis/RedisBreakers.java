package centralita.bridge.redis;

import centralita.bridge.breaker.BreakerConfig;
import centralita.bridge.breaker.SharedBreakers;
import centralita.livestate.LiveKeys;
import centralita.livestate.LiveScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One hash per provider, changed by one script with the server's clock. */
@Singleton
class RedisBreakers implements SharedBreakers {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Redis redis;

    RedisBreakers(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Uni<Verdict> report(Report report, BreakerConfig config) {
        var request = Request.cmd(Command.EVAL)
                .arg(LiveScript.REPORT_MODEL.text())
                .arg(1)
                .arg(LiveKeys.modelBreaker(report.provider()))
                .arg(report.good())
                .arg(report.bad())
                .arg(report.certain() ? 1 : 0)
                .arg(config.enough())
                .arg(config.failurePercent())
                .arg(config.rest().toMillis())
                .arg(config.goodProbes())
                .arg(LiveKeys.MODEL_BREAKER_TTL.toSeconds());
        return redis.send(request).ifNoItem().after(PATIENCE).fail().map(RedisBreakers::verdict);
    }

    private static Verdict verdict(@Nullable Response answer) {
        if (answer == null || answer.size() < 3) {
            throw new IllegalStateException("the script has answered something else");
        }
        return new Verdict(
                answer.get(0).toString(), answer.get(1).toLong(), answer.get(2).toInteger());
    }
}
