package centralita.gateway.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;

/** How many calls are taken. A negative number of calls, and 0 tokens, are no limit. */
@ConfigMapping(prefix = "gateway.admission")
public interface AdmissionConfig {
    /**
     * Share of the AI sessions and of the model's tokens that is kept for those who call us. Too little, and a campaign
     * keeps customers out; too much, and it stands idle.
     */
    @WithDefault("0.25")
    @DecimalMin("0.0")
    @DecimalMax("1.0")
    double inboundShare();

    /** Share of the model's tokens per minute that may be planned for. The rest is for talkative minutes. */
    @WithDefault("0.9")
    @DecimalMin("0.1")
    @DecimalMax("1.0")
    double budgetUse();

    /**
     * What one minute of a call uses, until the bridges have measured ten minutes of calls. Too low, and the first
     * rush meets the provider's limit in mid-call; too high, and callers are refused for nothing.
     */
    @WithDefault("5000")
    @Min(1)
    long tokensPerCallMinute();

    /** Of one model on one day (UTC). A cap on what a night of unwanted calls may cost. */
    @WithDefault("0")
    @Min(0)
    long tokensPerDay();

    /** Whose budget it is, in the words of the bridges. */
    @WithDefault("openai")
    String provider();

    /** The model of assistants that name none ({@code OPENAI_REALTIME_MODEL}), as the bridges have it. */
    String model();

    /** Calls of one caller at a time. */
    @WithDefault("2")
    int callerCalls();

    /** Calls of one caller in an hour. */
    @WithDefault("10")
    int callerCallsPerHour();

    /** Of all callers together who withhold their number: they cannot be told apart. */
    @WithDefault("20")
    int anonymousCalls();

    /** Of all callers together who withhold their number. */
    @WithDefault("120")
    int anonymousCallsPerHour();

    /** New calls, of all callers together: a caller's number can be made up. As many may come at once. */
    @WithDefault("20")
    int callsPerSecond();

    /** A call that nobody ended gives its room back this long after the longest that its assistant allows. */
    @WithDefault("300")
    @Min(0)
    int lapseSeconds();
}
