package centralita.local.soak;

import centralita.local.chaos.ChaosOrder;
import centralita.local.chaos.ChaosSuite;
import centralita.local.chaos.Story;
import centralita.local.chaos.Traffic;
import centralita.local.machine.Machine;
import centralita.local.suite.JvmSettings;
import centralita.local.suite.Progress;
import centralita.simulators.continuity.ContinuityReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls that come and go for hours, and what is counted meanwhile. */
final class SoakRun implements AutoCloseable {
    private static final int CALLS_PER_SECOND = 5;
    private static final Duration LAST_CALLS = Duration.ofMinutes(2);
    private static final int MOST_STORIES = 20;

    private final Order order;
    private final Progress progress;
    private final ChaosSuite suite;
    private final Traffic traffic;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * What is wanted.
     *
     * @param calls at a time
     * @param every between two samples
     * @param talk telephone time of a call before the caller comes to his end
     */
    record Order(int calls, int minutes, Duration every, Duration talk, long seed) {}

    private SoakRun(Order order, Progress progress, ChaosSuite suite) {
        this.order = order;
        this.progress = progress;
        this.suite = suite;
        this.traffic = new Traffic(
                suite.twilio(),
                new Traffic.Order(Integer.MAX_VALUE, order.calls(), order.talk(), CALLS_PER_SECOND, 0, order.seed()));
    }

    /** Starts a suite; nobody calls yet. @param repository folder of the sources, where the services are built */
    static SoakRun prepare(Order order, Path repository, Progress progress) {
        var chaos = ChaosOrder.of(order.seed(), Integer.MAX_VALUE, order.calls(), List.of());
        return new SoakRun(order, progress, ChaosSuite.start(chaos, repository, JvmSettings.production(), progress));
    }

    SoakReport perform() throws InterruptedException {
        long beganNanos = System.nanoTime();
        var samples = samples(beganNanos);
        traffic.stop();
        traffic.awaitOver(LAST_CALLS);
        var dropped = dropped();
        var stories = dropped.stream()
                .limit(MOST_STORIES)
                .map(caller -> Story.of(caller, suite.sessions().sessions(), beganNanos / 1_000_000))
                .toList();
        return SoakReport.of(
                Machine.here(),
                order.calls(),
                order.minutes(),
                traffic.reports().size(),
                dropped.size() + traffic.lost() + traffic.live(),
                samples,
                stories);
    }

    private List<Sample> samples(long beganNanos) throws InterruptedException {
        traffic.begin();
        var samples = new ArrayList<Sample>();
        while (!stopped.await(order.every().toSeconds(), TimeUnit.SECONDS)) {
            double atSeconds = (System.nanoTime() - beganNanos) / 1e9;
            var sample = new Sample(atSeconds, traffic.live(), Figures.of(suite, traffic.placed()));
            samples.add(sample);
            progress.step(String.format(
                    Locale.ROOT,
                    "%6.1f min: %d calls live, %d over, %d dropped",
                    atSeconds / 60,
                    sample.liveCalls(),
                    traffic.reports().size(),
                    dropped().size() + traffic.lost()));
            if (atSeconds >= order.minutes() * 60.0) {
                break;
            }
        }
        return samples;
    }

    private List<ContinuityReport> dropped() {
        return traffic.reports().stream().filter(caller -> !caller.completed()).toList();
    }

    /** Ends the run early: what is known until then is judged. */
    void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        traffic.close();
        suite.close();
    }
}
