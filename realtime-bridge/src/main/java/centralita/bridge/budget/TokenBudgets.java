package centralita.bridge.budget;

import centralita.bridge.budget.BudgetStore.Spending;
import centralita.contracts.call.Tokens;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what calls use, and writes it at most once in a while for all of them. What could not be written waits as a sum
 * and is written later. On the media event loop only.
 */
@Singleton
public final class TokenBudgets {
    private static final Logger LOG = Logger.getLogger(TokenBudgets.class);

    private final BudgetStore store;
    private final long writeEveryMs;
    private final long usualLimit;
    /** As many as there are models: assistants name them. */
    private final Map<Model, Use> uses = new HashMap<>();

    private long lastTickMs = -1;
    private long lastWriteMs;
    private boolean writing;
    private boolean away;

    public TokenBudgets(BudgetStore store, BudgetConfig config) {
        this.store = store;
        this.writeEveryMs = config.writeEvery().toMillis();
        this.usualLimit = config.tokensPerMinute();
    }

    private record Model(String provider, String name) {}

    private static final class Use {
        int calls;
        long tokens;
        long callMs;
        long limit;
        long left = -1;
    }

    /** One call's part in it. */
    public final class CallUse {
        private @Nullable Use current;

        private CallUse() {}

        /** From now on this model serves the call. */
        public void servedBy(String provider, String model) {
            over();
            var use = uses.computeIfAbsent(new Model(provider, model), _ -> new Use());
            use.calls++;
            current = use;
        }

        /** Cached tokens count as much as others: the providers' limits do not tell them apart. */
        public void used(Tokens tokens) {
            var use = current;
            if (use != null) {
                var all = tokens.textIn() + tokens.audioIn() + tokens.textOut() + tokens.audioOut();
                use.tokens += all;
                use.left = use.left < 0 ? -1 : Math.max(0, use.left - all);
            }
        }

        /** The provider's word. @param limit tokens per minute @param left of them */
        public void told(long limit, long left) {
            var use = current;
            if (use != null && limit > 0) {
                use.limit = limit;
                use.left = Math.max(0, left);
            }
        }

        /** No model serves the call any more. */
        public void over() {
            var use = current;
            current = null;
            if (use != null) {
                use.calls--;
            }
        }
    }

    public CallUse begin() {
        return new CallUse();
    }

    /** Comes several times a second. */
    public void tick(long nowMs) {
        var passedMs = lastTickMs < 0 ? 0 : nowMs - lastTickMs;
        lastTickMs = nowMs;
        uses.values().forEach(use -> use.callMs += use.calls * passedMs);
        if (!writing && nowMs - lastWriteMs >= writeEveryMs) {
            lastWriteMs = nowMs;
            write();
        }
    }

    private void write() {
        var spendings = new ArrayList<Spending>();
        uses.forEach((model, use) -> {
            if (use.tokens > 0 || use.left >= 0) {
                spendings.add(new Spending(
                        model.provider,
                        model.name,
                        use.tokens,
                        use.callMs,
                        use.limit > 0 ? use.limit : usualLimit,
                        use.left));
                use.tokens = 0;
                use.callMs = 0;
                use.left = -1;
            }
        });
        if (spendings.isEmpty()) {
            return;
        }
        writing = true;
        store.spend(List.copyOf(spendings))
                .subscribe()
                .with(
                        _ -> {
                            writing = false;
                            away = false;
                        },
                        failure -> {
                            writing = false;
                            takeBack(spendings, failure);
                        });
    }

    private void takeBack(List<Spending> spendings, Throwable failure) {
        if (!away) {
            away = true;
            LOG.warnf(
                    "What calls use cannot be written; it is added up. why=%s",
                    failure.getClass().getSimpleName());
        }
        for (var spending : spendings) {
            var use = uses.computeIfAbsent(new Model(spending.provider(), spending.model()), _ -> new Use());
            use.tokens += spending.tokens();
            use.callMs += spending.callMs();
        }
    }
}
