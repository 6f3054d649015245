package centralita.bridge.budget;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.budget.BudgetStore.Spending;
import centralita.contracts.call.Tokens;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBudgetsTest {
    private static final Tokens TOKENS = new Tokens(100, 50, 20, 0, 5, 30);

    private final List<List<Spending>> written = new ArrayList<>();
    private boolean away;
    private final TokenBudgets budgets = new TokenBudgets(
            spendings -> {
                if (away) {
                    return Uni.createFrom().failure(new IllegalStateException("away"));
                }
                written.add(spendings);
                return Uni.createFrom().voidItem();
            },
            new Settings());

    private static final class Settings implements BudgetConfig {
        @Override
        public Duration writeEvery() {
            return Duration.ofSeconds(1);
        }

        @Override
        public long tokensPerMinute() {
            return 7_000;
        }

        @Override
        public Duration averageFades() {
            return Duration.ofMinutes(10);
        }

        @Override
        public long tokensPerCall() {
            return 0;
        }
    }

    @Test
    void whatAllCallsUseInASecondIsOneWrite() {
        // Given
        budgets.tick(10_000);
        var one = call();
        var other = call();

        // When
        one.used(TOKENS);
        other.used(TOKENS);
        for (var ms = 10_100; ms <= 11_000; ms += 100) {
            budgets.tick(ms);
        }

        // Then: cached tokens are a part of the others; the operator's limit stands where the provider says none
        assertThat(written).containsExactly(List.of(new Spending("openai", "m", 310, 2_000, 7_000, -1)));
    }

    @Test
    void theProvidersWordIsHandedOnAndWhatIsUsedAfterItIsTakenOff() {
        // Given
        budgets.tick(10_000);
        var call = call();

        // When
        call.told(40_000, 9_000);
        call.used(TOKENS);
        budgets.tick(11_000);
        call.used(TOKENS);
        budgets.tick(12_000);

        // Then
        assertThat(written)
                .containsExactly(
                        List.of(new Spending("openai", "m", 155, 1_000, 40_000, 8_845)),
                        List.of(new Spending("openai", "m", 155, 1_000, 40_000, -1)));
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLaterAndOnce() {
        // Given
        budgets.tick(10_000);
        var call = call();
        away = true;
        call.used(TOKENS);
        budgets.tick(11_000);
        away = false;

        // When
        call.used(TOKENS);
        budgets.tick(12_000);
        budgets.tick(13_000);

        // Then
        assertThat(written).containsExactly(List.of(new Spending("openai", "m", 310, 2_000, 7_000, -1)));
    }

    @Test
    void aCallThatIsOverOrServedByAnotherModelCostsTheOldOneNoTime() {
        // Given
        budgets.tick(10_000);
        var call = call();
        call.used(TOKENS);
        call.servedBy("other", "m2");
        call.used(TOKENS);

        // When
        budgets.tick(10_500);
        call.over();
        budgets.tick(11_000);
        budgets.tick(20_000);

        // Then
        assertThat(written).hasSize(1);
        assertThat(written.getFirst())
                .containsExactlyInAnyOrder(
                        new Spending("openai", "m", 155, 0, 7_000, -1),
                        new Spending("other", "m2", 155, 500, 7_000, -1));
    }

    private TokenBudgets.CallUse call() {
        var call = budgets.begin();
        call.servedBy("openai", "m");
        return call;
    }
}
