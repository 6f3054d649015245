package centralita.local.soak;

import centralita.contracts.json.ContractsJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        var tidy = new CountDownLatch(1);
        var order = new SoakRun.Order(
                calls, minutes, Duration.ofSeconds(everySeconds), Duration.ofSeconds(talkSeconds), seed);
        try (var run = SoakRun.prepare(order, repository(), print::println)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                run.stop();
                awaitQuietly(tidy);
            }));
            var report = run.perform();
            tell(report);
            return report.holds() ? 0 : 1;
        } finally {
            tidy.countDown();
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
