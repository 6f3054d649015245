package centralita.mediasocket;

import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * What is to be done once at the end of a pass of the event loop, however many sockets had something to say in it: so
 * each socket is written once, and the link to the other process, too.
 *
 * <p>And it sees to it that passes are worth their system calls: on a busy loop they begin no more often than once in
 * {@code gather}, and what comes meanwhile is read in one pass. The first thing that comes to a loop at rest is never held
 * up. One per event loop, and on it only.
 */
public final class LoopPass {
    private static final Logger LOG = Logger.getLogger(LoopPass.class);

    private final Executor loop;
    private final long gatherNanos;
    private final ArrayList<Runnable> tasks = new ArrayList<>();
    private final Runnable end = this::end;
    private final Scratch scratch = new Scratch();
    private long lastEndNanos = System.nanoTime();

    /**
     * @param loop runs what it is given after what it is doing, on its thread
     * @param gatherMicros at least from one pass to the next while there is much to do; 0 gathers nothing
     */
    public LoopPass(Executor loop, int gatherMicros) {
        this.loop = loop;
        this.gatherNanos = gatherMicros * 1_000L;
    }

    /** @param task runs when everything that came in this pass has been dealt with; one that is given twice runs twice */
    public void atEnd(Runnable task) {
        if (tasks.isEmpty()) {
            loop.execute(end);
        }
        tasks.add(task);
    }

    Scratch scratch() {
        return scratch;
    }

    private void end() {
        // Those that others add meanwhile are done in this pass, too.
        for (var i = 0; i < tasks.size(); i++) {
            try {
                tasks.get(i).run();
            } catch (RuntimeException e) {
                LOG.errorf(e, "What was to be done at the end of a pass has failed.");
            }
        }
        tasks.clear();
        gather();
    }

    /** Stands still for what is left of the time since the last pass ended. */
    private void gather() {
        if (gatherNanos == 0) {
            return;
        }
        var now = System.nanoTime();
        var left = gatherNanos - (now - lastEndNanos);
        if (left > 0) {
            LockSupport.parkNanos(this, left);
            now = System.nanoTime();
        }
        lastEndNanos = now;
    }
}
