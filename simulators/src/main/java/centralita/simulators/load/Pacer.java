package centralita.simulators.load;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The thread that sends. Beats are due at fixed times from the start, evenly spread over a period, so the pace does not
 * drift and a thousand calls do not speak at the same instant. A beat that comes late is made up for at once; how late
 * beats were is kept, because a generator that is late measures itself.
 */
final class Pacer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Pacer.class);

    /** What is done at a beat, on the pacer's thread. */
    interface Work {
        void beat(int slot, long nowNanos);
    }

    /**
     * @param periodNanos time between two beats of the same slot
     * @param slots beats per period, evenly spread
     */
    record Cadence(long periodNanos, int slots, Work work) {
        long dueNanos(long beat) {
            return beat / slots * periodNanos + beat % slots * periodNanos / slots;
        }
    }

    private final List<Cadence> cadences;
    private final long[] next;
    private final long startNanos = System.nanoTime();
    private final Delays lateness = new Delays();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean measuring;

    private Pacer(List<Cadence> cadences) {
        this.cadences = List.copyOf(cadences);
        this.next = new long[cadences.size()];
        this.thread = Thread.ofPlatform().name("load-pacer").daemon().unstarted(this::run);
    }

    static Pacer start(List<Cadence> cadences) {
        var pacer = new Pacer(cadences);
        pacer.thread.start();
        return pacer;
    }

    /** From now on lateness counts. */
    void measure() {
        measuring = true;
    }

    /** Stops and tells how late beats were. What the beats wrote is visible to the caller afterwards. */
    Percentiles stop() {
        close();
        return lateness.percentiles();
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            int first = 0;
            for (int i = 1; i < next.length; i++) {
                if (cadences.get(i).dueNanos(next[i]) < cadences.get(first).dueNanos(next[first])) {
                    first = i;
                }
            }
            Cadence cadence = cadences.get(first);
            long due = startNanos + cadence.dueNanos(next[first]);
            long now = System.nanoTime();
            if (due > now) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            if (measuring) {
                lateness.record(now - due);
            }
            int slot = (int) (next[first] % cadence.slots());
            next[first]++;
            try {
                cadence.work().beat(slot, now);
            } catch (RuntimeException e) {
                LOG.errorf(e, "a beat of the load failed slot=%d", slot);
            }
        }
    }
}
