package centralita.local.soak;

import centralita.contracts.json.ContractsJson;
import centralita.local.chaos.ChaosOrder;
import centralita.local.chaos.ChaosSuite;
import centralita.local.chaos.Traffic;
import centralita.local.machine.Machine;
import centralita.simulators.continuity.ContinuityReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code centralita soak}. Exit code 0 when nothing rises and nobody was dropped. */
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

    @Option(
            names = "--talk",
            defaultValue = "20",
            description = "Seconds of a call, on the average, before its last questions. Default: ${DEFAULT-VALUE}")
    int talkSeconds;

    @Option(names = "--seed", defaultValue = "1", description = "For what callers do. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes everything there, as JSON.")
    @Nullable
    Path out;

    private final PrintStream print = System.out;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        var tidy = new CountDownLatch(1);
        var order = ChaosOrder.of(seed, Integer.MAX_VALUE, calls, List.of());
        try (var suite = ChaosSuite.start(order, repository(), print::println);
                var traffic = new Traffic(
                        suite.twilio(),
                        new Traffic.Order(
                                Integer.MAX_VALUE,
                                calls,
                                Duration.ofSeconds(talkSeconds),
                                CALLS_PER_SECOND,
                                0,
                                seed))) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                stopped.countDown();
                awaitQuietly(tidy);
            }));
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
        } finally {
            tidy.countDown();
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
        if (out != null) {
            Files.writeString(
                    out, ContractsJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
            print.println("Written: " + out);
        }
    }

    /** The JVM may go when everything that was started has ended. */
    private static void awaitQuietly(CountDownLatch tidy) {
        try {
            tidy.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Said by the script that starts the launcher. */
    private static Path repository() {
        return Path.of(System.getProperty("centralita.home", "."))
                .toAbsolutePath()
                .normalize();
    }
}
