package centralita.edge.strain;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Watches the event loop and the heap of this process for {@link Strain}. Liveness and readiness do not follow it: a process
 * that has too much to do still carries its calls, and restarting it, or sending its callers to others that have as much to
 * do, would make it worse.
 */
public final class ProcessStrain {
    private static final Logger LOG = Logger.getLogger(ProcessStrain.class);
    /** Between two looks, by lot: one in step with what keeps the loop busy would always come in time. */
    private static final long LEAST_PAUSE_MS = 50;

    private static final long MOST_PAUSE_MS = 150;
    private static final long MEMORY_MS = 10_000;
    private static final long COLLECT_AFTER_MS = 20_000;
    private static final long NANOS_PER_MS = 1_000_000;

    private final Strain strain;
    private final OldGeneration oldGeneration = new OldGeneration();
    private long lookedNanos;
    private long unseenMs;
    private long leftBefore;
    private volatile boolean late;
    private volatile boolean full;

    /**
     * @param lateMs the loop is late when it comes to its work later than this
     * @param fullHeap share of the old generation that is in use after a collection, 0 to 1
     */
    public ProcessStrain(long lateMs, double fullHeap, MeterRegistry meters) {
        strain = new Strain(new Strain.Limits(lateMs, MEMORY_MS, fullHeap));
        gauge("loop", () -> late ? 1 : 0, meters);
        gauge("heap", () -> full ? 1 : 0, meters);
    }

    private static void gauge(String cause, Supplier<Number> value, MeterRegistry meters) {
        Gauge.builder("strain", value)
                .description("1 while this process has more to do than it can, and new calls go elsewhere.")
                .tag("cause", cause)
                .register(meters);
    }

    /** Begins. @param vertx whose timers run on the one event loop that is watched */
    public void watch(Vertx vertx) {
        if (!oldGeneration.isKnown()) {
            LOG.warn("This collector has no old generation: a full heap is not seen before it is too late.");
        }
        lookedNanos = System.nanoTime();
        lookAgain(vertx);
    }

    /** Not a periodic timer: one that comes late every time comes in time for its own last one. */
    private void lookAgain(Vertx vertx) {
        var pauseMs = ThreadLocalRandom.current().nextLong(LEAST_PAUSE_MS, MOST_PAUSE_MS);
        vertx.setTimer(pauseMs, _ -> look(vertx, pauseMs));
    }

    private void look(Vertx vertx, long pausedMs) {
        try {
            var now = System.nanoTime();
            var elapsedMs = (now - lookedNanos) / NANOS_PER_MS;
            lookedNanos = now;
            strain.look(elapsedMs, Math.max(0, elapsedMs - pausedMs), oldGeneration.share());
            if (strain.late() != late || strain.full() != full) {
                tell();
            }
            collectIfNobodyDoes(vertx, elapsedMs);
        } finally {
            lookAgain(vertx);
        }
    }

    /** With fewer calls nothing might collect for a long time, and nobody would see that there is room again. */
    private void collectIfNobodyDoes(Vertx vertx, long elapsedMs) {
        var left = oldGeneration.left();
        unseenMs = full && left == leftBefore ? unseenMs + elapsedMs : 0;
        leftBefore = left;
        if (unseenMs >= COLLECT_AFTER_MS) {
            unseenMs = 0;
            vertx.executeBlocking(() -> {
                System.gc();
                return null;
            });
        }
    }

    private void tell() {
        late = strain.late();
        full = strain.full();
        if (strained()) {
            LOG.warnf("This process has more to do than it can; new calls go elsewhere. loop=%b heap=%b", late, full);
        } else {
            LOG.info("This process takes new calls again.");
        }
    }

    /** Whether new calls should go elsewhere. Any thread. */
    public boolean strained() {
        return late || full;
    }
}
