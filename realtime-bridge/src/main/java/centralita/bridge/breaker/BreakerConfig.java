package centralita.bridge.breaker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** When a provider is left alone. The window is 10 s. */
@ConfigMapping(prefix = "bridge.model.breaker")
public interface BreakerConfig {
    /** Outcomes in the window below which nothing is concluded: a single failure is bad luck. */
    @WithDefault("10")
    @Min(1)
    @Max(100_000)
    int enough();

    /** Failures among them, of a hundred, from which on the provider is left alone. */
    @WithDefault("50")
    @Min(1)
    @Max(100)
    int failurePercent();

    /** How long it is left alone. Longer, and callers go to the next provider for longer than they need. */
    @WithDefault("15S")
    Duration rest();

    /** Sessions that must come to an answer, one after another, before everybody may ask again. */
    @WithDefault("3")
    @Min(1)
    @Max(100)
    int goodProbes();

    /** How often bridges tell one another. */
    @WithDefault("1S")
    Duration exchange();
}
