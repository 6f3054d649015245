package centralita.bridge.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the models' tokens are counted. */
@ConfigMapping(prefix = "bridge.budget")
public interface BudgetConfig {
    /** Between two writes of this bridge, of all its calls together. Longer, and gateways admit by an older picture. */
    @WithDefault("1S")
    Duration writeEvery();

    /** Tokens per minute of a model whose provider says no limit ({@code rate_limits.updated}); 0: none. */
    @WithDefault("0")
    @Min(0)
    long tokensPerMinute();

    /** What calls used counts a third after so long. Shorter, and one talkative call changes how many are admitted. */
    @WithDefault("10M")
    Duration averageFades();

    /**
     * A conversation that has used so many ends with a goodbye; 0: none. Its history is paid for with every answer, so a
     * quarter of an hour may well cost a million.
     */
    @WithDefault("2000000")
    @Min(0)
    long tokensPerCall();
}
