package centralita.local.chaos;

import centralita.simulators.continuity.ContinuityCaller;
import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.twilio.IncomingCall;
import centralita.simulators.twilio.StreamConditions;
import centralita.simulators.twilio.TwilioStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps so many callers on the line until so many have called. Each has a number of his own, a language and a length of
 * his own, all from the seed. Thread-safe.
 */
public final class Traffic implements AutoCloseable {
    /** As an operator sets it up: the ingress may pass a webhook to a gateway that has just gone. */
    private static final String WEBHOOK = "/webhook/twilio#rc=3&rp=ct,rt,5xx&rt=4000";

    private static final String CALLED = "+15005550006";
    private static final int NUMBERS_PER_AREA = 10_000;
    private static final int FIRST_AREA = 201;
    private static final long POLL_MS = 200;
    /** A call that is longer is stuck. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final TwilioStandIn twilio;
    private final Order order;
    private final ClipRecognizer recognizer = ClipRecognizer.ofRecordedClips();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chaos-traffic").factory());
    private final Set<ContinuityCaller> live = ConcurrentHashMap.newKeySet();
    private final List<ContinuityReport> reports = new ArrayList<>();
    private final Set<Integer> endedByPlatform = new HashSet<>();
    private int placed;
    private int lost;
    private volatile boolean stopped;

    /**
     * What traffic is wanted.
     *
     * @param calls in all
     * @param concurrent at a time
     * @param talk telephone time of a call before the caller comes to his end; shorter and longer by a half
     * @param callsPerSecond new ones at most
     * @param endsWithStream share of the calls whose provider ends the call when our server closes the stream, 0 to 1
     */
    public record Order(
            int calls, int concurrent, Duration talk, double callsPerSecond, double endsWithStream, long seed) {}

    public Traffic(TwilioStandIn twilio, Order order) {
        this.twilio = twilio;
        this.order = order;
    }

    public void begin() {
        pace.scheduleAtFixedRate(
                this::placeOne, 0, Math.max(1, (long) (1_000 / order.callsPerSecond())), TimeUnit.MILLISECONDS);
    }

    private synchronized void placeOne() {
        if (stopped || placed >= order.calls() || live.size() >= order.concurrent()) {
            return;
        }
        int number = placed++;
        // One whose first numbers differ for neighbouring seeds, or all callers would do the same at the same time.
        var random = new SplittableRandom(order.seed() * 31 + number);
        long talkMs = (long) (order.talk().toMillis() * (0.5 + random.nextDouble()));
        var caller = new ContinuityCaller(
                number, random.nextInt(4) == 0 ? "es" : "en", talkMs, random.nextLong(), recognizer);
        var from = "+1%03d555%04d".formatted(FIRST_AREA + number / NUMBERS_PER_AREA, number % NUMBERS_PER_AREA);
        var ends = random.nextDouble() < order.endsWithStream();
        if (ends) {
            endedByPlatform.add(number);
        }
        var incoming = IncomingCall.of(from, CALLED)
                .withVoiceUrl(WEBHOOK)
                .withStreams(StreamConditions.GOOD.withNextVerbAfterServerClose(!ends));
        live.add(caller);
        caller.report().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).whenComplete((report, failure) -> {
            live.remove(caller);
            finished(report, failure);
        });
        twilio.phoneIn(incoming, caller).ended().exceptionally(failure -> {
            caller.report().completeExceptionally(failure);
            return null;
        });
    }

    private synchronized void finished(ContinuityReport report, Throwable failure) {
        if (failure == null) {
            reports.add(report);
        } else {
            lost++;
        }
    }

    /** Callers are told that something happens now. */
    void struck() {
        live.forEach(ContinuityCaller::struck);
    }

    public int live() {
        return live.size();
    }

    public synchronized boolean over() {
        return live.isEmpty() && (stopped || placed >= order.calls());
    }

    /** Calls that have begun. */
    public synchronized int placed() {
        return placed;
    }

    /** Waits until everybody has hung up, after {@link #stop()}. @return whether they have, within the limit */
    public boolean awaitOver(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            while (!over() && System.nanoTime() < until) {
                wait(POLL_MS);
            }
            return over();
        }
    }

    /** No new calls. */
    public void stop() {
        stopped = true;
    }

    public synchronized List<ContinuityReport> reports() {
        return List.copyOf(reports);
    }

    /** Calls that could not be placed, or never ended. */
    public synchronized int lost() {
        return lost;
    }

    /** Callers whose provider ends the call when our server closes its stream. */
    synchronized Set<Integer> endedByPlatform() {
        return Set.copyOf(endedByPlatform);
    }

    synchronized boolean allPlaced() {
        return stopped || placed >= order.calls();
    }

    @Override
    public void close() {
        stopped = true;
        pace.shutdownNow();
    }
}
