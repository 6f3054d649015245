package centralita.local.chaos;

import centralita.local.measuring.OrderlyEnd;
import centralita.local.measuring.ReportFile;
import centralita.local.measuring.TalkTime;
import centralita.local.suite.SourceFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code centralita chaos}. Exit code 0 when every rule held, 1 otherwise, 2 for wrong usage. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Live calls while things fail, and whether anybody noticed.",
            "docs/chaos.md says what each fault does and what each number means."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ChaosCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String NONE = "none";

    @Option(names = "--seed", description = "The same seed gives the same faults. Default: a new one, printed.")
    @Nullable
    Long seed;

    @Option(names = "--calls", defaultValue = "200", description = "In all. Default: ${DEFAULT-VALUE}")
    int calls;

    @Option(names = "--concurrent", defaultValue = "50", description = "At a time. Default: ${DEFAULT-VALUE}")
    int concurrent;

    @Mixin
    TalkTime talk;

    @Option(names = "--rate", defaultValue = "5", description = "New calls per second. Default: ${DEFAULT-VALUE}")
    double callsPerSecond;

    @Option(
            names = "--faults",
            split = ",",
            defaultValue = "bridge-kill",
            description = "Kinds, separated by commas, or \"all\" or \"none\". Default: ${DEFAULT-VALUE}")
    List<String> faults;

    @Option(
            names = "--peace",
            split = ",",
            defaultValue = "3,10",
            description = "Seconds between two faults, least and most. Default: ${DEFAULT-VALUE}")
    List<Integer> peaceSeconds;

    @Option(names = "--minutes", description = "No new calls after so many.")
    @Nullable
    Integer minutes;

    @Option(names = "--bridges", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
    int bridges;

    @Option(names = "--gateways", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}")
    int gateways;

    @Option(
            names = "--platform-ends",
            defaultValue = "0",
            description = "Share of calls that their provider ends when a stream ends. Default: ${DEFAULT-VALUE}")
    double platformEnds;

    @Option(
            names = "--session-limit",
            description =
                    "Seconds after which a model session expires; bridges change over at half of it. Default: an hour")
    @Nullable
    Integer sessionLimitSeconds;

    @Mixin
    ReportFile file;

    private final PrintStream print = System.out;

    @Override
    public Integer call() throws IOException {
        ChaosOrder order;
        try {
            order = order();
        } catch (IllegalArgumentException e) {
            print.println(e.getMessage());
            return 2;
        }
        print.printf("seed %d%n", order.seed());
        try (var end = new OrderlyEnd();
                var run = ChaosRun.prepare(order, SourceFolder.here(), print::println)) {
            end.onInterrupt(run::stop);
            var report = run.perform();
            print.println();
            print.print(ChaosTable.of(report));
            file.write(report, print);
            return report.holds() ? 0 : 1;
        }
    }

    private ChaosOrder order() {
        var kinds = faults.equals(List.of(ALL))
                ? FaultKind.all().stream().map(FaultKind::word).toList()
                : faults.equals(List.of(NONE)) ? List.<String>of() : faults;
        return new ChaosOrder(
                seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed,
                calls,
                concurrent,
                talk.average(),
                callsPerSecond,
                kinds,
                Duration.ofSeconds(peaceSeconds.getFirst()),
                Duration.ofSeconds(peaceSeconds.getLast()),
                Optional.ofNullable(minutes).map(Duration::ofMinutes),
                bridges,
                gateways,
                platformEnds,
                Optional.ofNullable(sessionLimitSeconds).map(Duration::ofSeconds));
    }
}
