package centralita.local.bench;

import centralita.local.chaos.Spread;
import centralita.simulators.load.Entrance;
import centralita.simulators.load.LoadModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Starts the suite's only bridge again and again, and measures how long its first model session takes from there: the process,
 * its entry in the pool, the gateway that finds it, a caller who rings until somebody answers or waits since the start before, the
 * handshake with the model, and the session's configuration.
 */
final class BridgeStarts {
    private static final long RING_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Who was let in and is not served by then is given up by the gateway sooner or later: another one rings. */
    private static final long SERVED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ANSWER_SECONDS = 15;

    private final SuiteSubject subject;
    private final LoadModel model;
    private final BooleanSupplier stopped;
    private final PrintStream out;
    private int call;

    /** @param subject with one bridge @param model that the bridge speaks to @param stopped whether the bench is to end */
    BridgeStarts(SuiteSubject subject, LoadModel model, BooleanSupplier stopped, PrintStream out) {
        this.subject = subject;
        this.model = model;
        this.stopped = stopped;
        this.out = out;
    }

    /**
     * Starts it so often.
     *
     * @return milliseconds from the start of the process until the model has got the first session's configuration
     * @throws IllegalStateException when a bridge came to no session, or the bench is to end
     */
    Spread measure(int times) throws InterruptedException {
        List<Long> took = new ArrayList<>();
        for (int time = 1; time <= times; time++) {
            took.add(startOnce());
            out.printf("bridge start %d: first session after %d ms%n", time, took.getLast());
        }
        return Spread.of(took);
    }

    private long startOnce() throws InterruptedException {
        subject.endBridge();
        long began = System.nanoTime();
        var starting = CompletableFuture.runAsync(subject::startBridge);
        while (model.configuredNanos() < began && !late(began) && !stopped.getAsBoolean()) {
            var ringing = System.nanoTime();
            var patience = rings(subject.entrance()) ? SERVED_NANOS : RING_AGAIN_NANOS;
            while (model.configuredNanos() < began && System.nanoTime() - ringing < patience) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
        starting.join();
        if (model.configuredNanos() < began) {
            throw new IllegalStateException("a bridge that was started came to no session");
        }
        return TimeUnit.NANOSECONDS.toMillis(model.configuredNanos() - began);
    }

    private static boolean late(long began) {
        return System.nanoTime() - began > PATIENCE_NANOS;
    }

    /** Whether a caller was let in. He rings and is not heard: a bridge makes its session ready before he is. */
    private boolean rings(Entrance entrance) throws InterruptedException {
        try {
            entrance.ring(Entrance.FIRST_UNCOUNTED + call++).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }
}
