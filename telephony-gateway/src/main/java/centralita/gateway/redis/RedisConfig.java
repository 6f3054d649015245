package centralita.gateway.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The questions to Redis that a waiting caller depends on. */
@ConfigMapping(prefix = "gateway.redis")
public interface RedisConfig {
    /** How long an answer to the provider may wait for Redis before it is made without. */
    @WithDefault("80")
    @Min(1)
    @Max(1000)
    long timeoutMs();

    /**
     * How long a caller who was served already waits for Redis to say by whom, and one whose number was never called here to
     * say who answers it. Less, and somebody else does; more, and they hear nothing for as long while Redis is away.
     */
    @WithDefault("1500")
    @Min(1)
    @Max(5000)
    long patienceMs();

    /** After failures in a row Redis is left alone for so long. */
    @WithDefault("1000")
    @Min(10)
    long pauseMs();
}
