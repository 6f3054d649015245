package centralita.local.soak;

import centralita.local.chaos.ChaosOrder;
import centralita.local.chaos.ChaosSuite;
import centralita.local.chaos.Traffic;
import centralita.local.machine.Machine;
import centralita.local.measuring.OrderlyEnd;
import centralita.local.measuring.ReportFile;
import centralita.local.measuring.TalkTime;
import centralita.local.suite.SourceFolder;
import centralita.simulators.continuity.ContinuityReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final int CALLS_PER_SECOND = 5;
    private static final Duration LAST_CALLS = Duration.ofMinutes(2);

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
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        var order = ChaosOrder.of(seed, Integer.MAX_VALUE, calls, List.of());
        try (var end = new OrderlyEnd();
                var suite = ChaosSuite.start(order, SourceFolder.here(), print::println);
                var traffic = new Traffic(
                        suite.twilio(),
                        new Traffic.Order(Integer.MAX_VALUE, calls, talk.average(), CALLS_PER_SECOND, 0, seed))) {
            end.onInterrupt(stopped::countDown);
            var samples = samples(suite, traffic);
            traffic.stop();
            traffic.awaitOver(LAST_CALLS);
            int dropped = (int) traffic.reports().stream()
                            .filter(report -> !report.completed())
                            .count()
                    + traffic.lost();
            var report = SoakReport.of(
                    Machine.here(), calls, minutes, traffic.reports().size(), dropped, samples);
            tell(report);
            return report.holds() ? 0 : 1;
        }
    }

    private List<Sample> samples(ChaosSuite suite, Traffic traffic) throws InterruptedException {
        traffic.begin();
        var samples = new ArrayList<Sample>();
        long beganNanos = System.nanoTime();
        while (!stopped.await(everySeconds, TimeUnit.SECONDS)) {
            double atSeconds = (System.nanoTime() - beganNanos) / 1e9;
            var sample = new Sample(atSeconds, traffic.live(), Figures.of(suite, traffic.placed()));
            samples.add(sample);
            print.printf(
                    Locale.ROOT,
                    "%6.1f min: %d calls live, %d over, %s%n",
                    atSeconds / 60,
                    sample.liveCalls(),
                    traffic.reports().stream()
                            .filter(ContinuityReport::completed)
                            .count(),
                    sample.figures());
            if (atSeconds >= minutes * 60.0) {
                break;
            }
        }
        return samples;
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
