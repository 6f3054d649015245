package centralita.bridge.pool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** This bridge among the others. */
@ConfigMapping(prefix = "bridge.pool")
public interface PoolConfig {
    /** {@code CENTRALITA_BRIDGE_ID}: unique in the deployment. Without it one is made up at each start. */
    Optional<String> id();

    /** {@code CENTRALITA_BRIDGE_ADDRESS}: where gateways reach this bridge. Without it this machine's loopback. */
    Optional<URI> address();

    /** Calls at most, prepared ones included. More are refused as {@code full}. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int capacity();

    /** How often this bridge says that it lives. Gateways take a bridge for dead after some missed ones. */
    @WithDefault("500MS")
    Duration heartbeat();

    /**
     * A stopping bridge stays at least so long, also when it is empty. Shorter than gateways need to see that it drains, and
     * they still order it to prepare, in vain.
     */
    @WithDefault("500MS")
    Duration drainNotice();

    /**
     * How long a stopping bridge waits for its calls to be taken away, or to end where there is no other bridge. Longer than
     * the orchestrator's grace, and calls are cut anyway.
     */
    @WithDefault("20S")
    Duration drainPatience();
}
