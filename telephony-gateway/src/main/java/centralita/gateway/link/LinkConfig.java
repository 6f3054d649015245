package centralita.gateway.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The audio link to one bridge. */
@ConfigMapping(prefix = "gateway.link")
public interface LinkConfig {
    /** More, and a bridge takes this gateway for one that stands still. */
    @WithDefault("500")
    @Min(50)
    @Max(500)
    long pingMs();

    /** A bridge that is silent for so long is dead. Less, and a busy one is; more, and callers wait. */
    @WithDefault("2000")
    @Min(200)
    long deadMs();

    @WithDefault("2000")
    @Min(100)
    int connectTimeoutMs();

    /** Written and not yet taken by the network; beyond it, callers' audio waits in their own rings. */
    @WithDefault("1048576")
    @Min(65536)
    int writeQueueBytes();
}
