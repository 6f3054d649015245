package centralita.bridge.redis;

import centralita.bridge.budget.BudgetConfig;
import centralita.bridge.budget.BudgetStore;
import centralita.bridge.session.MediaLoop;
import centralita.livestate.LiveKeys;
import centralita.livestate.LiveScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The models' budgets, counted by one script per model, all models in one write. */
@Singleton
class RedisBudgetStore implements BudgetStore {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Redis redis;
    private final MediaLoop loop;
    private final BudgetConfig config;
    private final Clock clock;

    RedisBudgetStore(Redis redis, MediaLoop loop, BudgetConfig config, Clock clock) {
        this.redis = redis;
        this.loop = loop;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Uni<Void> spend(List<Spending> spendings) {
        var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        return redis.batch(spendings.stream()
                        .map(spending -> request(spending, today))
                        .toList())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWithVoid()
                .emitOn(loop::soon);
    }

    private Request request(Spending spending, LocalDate today) {
        return Request.cmd(Command.EVAL)
                .arg(LiveScript.SPEND_TOKENS.text())
                .arg(2)
                .arg(LiveKeys.modelBudget(spending.provider(), spending.model()))
                .arg(LiveKeys.tokensOfDay(spending.provider(), spending.model(), today))
                .arg(spending.tokens())
                .arg(spending.callMs())
                .arg(spending.limit())
                .arg(spending.left())
                .arg(config.averageFades().toMillis())
                .arg(LiveKeys.BUDGET_TTL.toSeconds())
                .arg(LiveKeys.DAY_TTL.toSeconds());
    }
}
