package centralita.local.measuring;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long callers talk. Options of a command that mixes it in. */
public final class TalkTime {
    @Option(
            names = "--talk",
            defaultValue = "20",
            description = "Seconds of a call, on the average, before its last questions. Default: ${DEFAULT-VALUE}")
    private int seconds;

    public Duration average() {
        return Duration.ofSeconds(seconds);
    }
}
