package centralita.gateway.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Calls whose bridge is lost: another one takes them over. Operators see one group of settings with those of the link
 * ({@code link.LinkConfig}), whose loss sets it off.
 */
@ConfigMapping(prefix = "gateway.link")
public interface TakeoverConfig {
    /**
     * Calls of a lost bridge that are taken over in a second. More, and the bridges that are left open so many model
     * sessions at once; less, and the last callers wait longer (50 calls must be back within 2 s).
     */
    @WithDefault("60")
    @Min(1)
    @Max(10_000)
    int takeoversPerSecond();

    /** For a bridge to take a call over, before the stream is given up. */
    @WithDefault("10000")
    @Min(500)
    long takeoverMs();
}
