package centralita.bridge.session;

import java.util.random.RandomGenerator;

/**
 * When calls that have lost their model session, or soon will, may open another: one after another for the whole bridge,
 * each at a random moment, so that a hundred that were cut together do not come back together (F-O9). First sessions of
 * calls do not pass here: their number is decided where calls are admitted. On the media event loop only.
 */
final class ReconnectPace {
    private static final int LONGEST_DELAY_MS = 8_000;
    private static final int LONGEST_WAIT_MS = 20_000;
    private static final int MOST_DOUBLINGS = 10;
    /** More than a bridge has calls; who comes when all are taken is told so. */
    private static final int PLACES = 2_000;

    private final MediaLoop loop;
    private final RandomGenerator random;
    private final long firstDelayMs;
    private final double betweenMs;
    private double freeFromMs;
    private int waiting;

    /**
     * @param firstDelayMs the longest pause before a first try; doubled with each
     * @param perSecond sessions opened at most
     */
    ReconnectPace(MediaLoop loop, RandomGenerator random, long firstDelayMs, int perSecond) {
        this.loop = loop;
        this.random = random;
        this.firstDelayMs = firstDelayMs;
        this.betweenMs = 1_000.0 / perSecond;
        this.freeFromMs = loop.nowMs();
    }

    /**
     * Runs a task when it is its turn.
     *
     * @param attempt from 1; 0: without a pause of its own
     * @param waitMs at least; more than 20 s is cut
     * @return false when there is no place; then the task does not run
     */
    boolean enter(int attempt, long waitMs, Runnable task) {
        if (waiting >= PLACES) {
            return false;
        }
        waiting++;
        var longest = Math.min(LONGEST_DELAY_MS, firstDelayMs << Math.min(Math.max(0, attempt - 1), MOST_DOUBLINGS));
        var pauseMs = attempt == 0 || longest == 0 ? 0 : random.nextLong(longest + 1);
        loop.after(Math.max(pauseMs, Math.min(waitMs, LONGEST_WAIT_MS)), () -> queue(task));
        return true;
    }

    /** The pause is over; now it is only a matter of who is before. */
    private void queue(Runnable task) {
        var nowMs = loop.nowMs();
        var turnMs = Math.max(nowMs, freeFromMs);
        freeFromMs = turnMs + betweenMs;
        var untilMs = Math.round(turnMs - nowMs);
        if (untilMs <= 0) {
            run(task);
        } else {
            loop.after(untilMs, () -> run(task));
        }
    }

    private void run(Runnable task) {
        waiting--;
        task.run();
    }

    void soon(Runnable task) {
        loop.soon(task);
    }
}
