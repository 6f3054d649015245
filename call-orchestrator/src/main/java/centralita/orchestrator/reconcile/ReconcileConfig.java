package centralita.orchestrator.reconcile;

import centralita.orchestrator.reconcile.rules.Limits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Patience with open calls. A call is found to be over within {@code quietFor}, or {@code lookEvery} after the look
 * before, plus {@code orchestrator.reconcile.every} and an answer's time; that must stay under two minutes.
 */
@ConfigMapping(prefix = "orchestrator.reconcile")
public interface ReconcileConfig {
    /** Between two searches for calls to look at. */
    @WithDefault("10s")
    Duration every();

    /**
     * A call of which nothing was heard for so long is looked up. Shorter asks the provider about calls in which nobody
     * happens to speak; longer finds ends later.
     */
    @WithDefault("45s")
    Duration quietFor();

    /** Between two looks at a call that is alive and says nothing. */
    @WithDefault("60s")
    Duration lookEvery();

    /** A call that the provider does not know is over when it has been quiet for so long. */
    @WithDefault("90s")
    Duration unknownAfter();

    /** A call that is alive at the provider and quiet here for so long is counted and logged. */
    @WithDefault("5m")
    Duration silentAfter();

    /** No call lasts longer: Twilio's own limit, unless it was asked for another one. */
    @WithDefault("4h")
    Duration longestCall();

    /** Beyond the longest call, before it is hung up. */
    @WithDefault("5m")
    Duration margin();

    /** Requests to the provider at a time. More find many ends sooner, and meet its 429 sooner. */
    @WithDefault("4")
    @Min(1)
    @Max(50)
    int concurrency();

    default Limits limits() {
        return new Limits(lookEvery(), unknownAfter(), silentAfter(), longestCall(), margin());
    }
}
