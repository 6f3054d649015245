package centralita.gateway.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** A call that changes its bridge in peace. */
@ConfigMapping(prefix = "gateway.hand-over")
public interface HandOverConfig {
    /**
     * A bridge that drains waits so long for a turn boundary; then it lets go in mid-turn. Longer than a usual turn, or
     * callers are interrupted; too long, and a bridge is not empty in time.
     */
    @WithDefault("4000")
    @Min(0)
    long withinMs();

    /** Beyond that, for the other bridge to stand ready and for a tool that runs to end; then the call stays. */
    @WithDefault("15000")
    @Min(500)
    long patienceMs();
}
