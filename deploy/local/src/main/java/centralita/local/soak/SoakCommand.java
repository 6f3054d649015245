package centralita.local.soak;

import centralita.local.measuring.OrderlyEnd;
import centralita.local.measuring.ReportFile;
import centralita.local.measuring.TalkTime;
import centralita.local.suite.SourceFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code centralita soak}. Exit code 0 when nothing rises and nobody was dropped, 1 otherwise. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Calls come and go for hours; every minute memory, files, threads, Redis and model sessions are counted.",
            "docs/chaos.md says what is looked at and when it counts as growing."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SoakCommand implements Callable<Integer> {
    @Option(names = "--calls", defaultValue = "50", description = "At a time. Default: ${DEFAULT-VALUE}")
    int calls;

    @Option(names = "--minutes", defaultValue = "120", description = "Default: ${DEFAULT-VALUE}")
    int minutes;

    @Option(
            names = "--every",
            defaultValue = "60",
            description = "Seconds between two samples. Default: ${DEFAULT-VALUE}")
    int everySeconds;

    @Mixin
    TalkTime talk;

    @Option(names = "--seed", defaultValue = "1", description = "For what callers do. Default: ${DEFAULT-VALUE}")
    long seed;

    @Mixin
    ReportFile file;

    private final PrintStream print = System.out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var order = new SoakRun.Order(calls, minutes, Duration.ofSeconds(everySeconds), talk.average(), seed);
        try (var end = new OrderlyEnd();
                var run = SoakRun.prepare(order, SourceFolder.here(), print::println)) {
            end.onInterrupt(run::stop);
            var report = run.perform();
            tell(report);
            return report.holds() ? 0 : 1;
        }
    }

    private void tell(SoakReport report) throws IOException {
        print.printf(Locale.ROOT, "%n%-44s %12s %12s %12s%n", "", "begins at", "per hour", "over the run");
        for (var slope : report.slopes()) {
            print.printf(
                    Locale.ROOT,
                    "%-44s %12.1f %12.2f %12.2f %s%n",
                    slope.figure(),
                    slope.first(),
                    slope.perHour(),
                    slope.growth(),
                    slope.rises() ? "RISES" : "");
        }
        print.printf(
                "%d calls, %d dropped: %s%n", report.calls(), report.dropped(), report.holds() ? "holds" : "FAILED");
        file.write(report, print);
    }
}
