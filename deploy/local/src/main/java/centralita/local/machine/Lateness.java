package centralita.local.machine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a thread of this process is woken, fifty times a second: where that is much, the machine had no processor to
 * spare, and what was measured meanwhile is partly the machine's. Thread-safe.
 */
public final class Lateness implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final int LONGEST_MS = 10_000;

    private final AtomicLongArray countByMs = new AtomicLongArray(LONGEST_MS + 1);
    private final Thread thread;
    private volatile boolean closed;

    /** Begins to watch. */
    public Lateness() {
        thread = Thread.ofPlatform().daemon().name("lateness").start(this::watch);
    }

    private void watch() {
        while (!closed) {
            long due = System.nanoTime() + PERIOD.toNanos();
            for (long left = PERIOD.toNanos(); left > 0 && !closed; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long lateMs = (System.nanoTime() - due) / 1_000_000;
            countByMs.incrementAndGet((int) Math.clamp(lateMs, 0, LONGEST_MS));
        }
    }

    /** @param share of all wake-ups, 0 to 1. @return as late, or earlier, was that share; 0 when there was none */
    public long atShareMs(double share) {
        long all = 0;
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            all += countByMs.get(ms);
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int ms = 0; ms <= LONGEST_MS; ms++) {
            seen += countByMs.get(ms);
            if (seen >= wanted) {
                return ms;
            }
        }
        return LONGEST_MS;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
