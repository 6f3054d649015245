package centralita.gateway.pool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** The pool of bridges. */
@ConfigMapping(prefix = "gateway.pool")
public interface PoolConfig {
    /** Between two looks at the pool. More, and a bridge that starts or dies is seen later; less, and Redis has more to do. */
    @WithDefault("250")
    @Min(50)
    long pollMs();

    /** A bridge whose heartbeat has not moved for so long is not chosen while another is there. */
    @WithDefault("3000")
    @Min(500)
    long staleMs();
}
