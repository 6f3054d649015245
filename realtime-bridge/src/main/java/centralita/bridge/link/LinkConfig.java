package centralita.bridge.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The links of gateways. */
@ConfigMapping(prefix = "bridge.link")
public interface LinkConfig {
    /**
     * {@code CENTRALITA_LINK_SECRET}: one, or several separated by commas while rotating; gateways may sign with any. Never
     * logged.
     */
    String secret();

    /**
     * While there is much to do, at least this time passes from one look at the sockets to the next, and what came
     * meanwhile is read in one go. More saves system calls, and delays audio by half of it on the average. 0: never.
     */
    @WithDefault("0")
    @Min(0)
    @Max(5000)
    int gatherMicros();

    /**
     * A gateway of which nothing is heard for so long is gone, and its calls wait for their callers to come from elsewhere.
     * Less, and one that stands still for a moment loses them; more, and calls without a caller cost longer. At least 2 s.
     */
    @WithDefault("10S")
    Duration deadAfter();
}
