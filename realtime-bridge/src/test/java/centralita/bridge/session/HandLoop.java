package centralita.bridge.session;

import java.util.Comparator;
import java.util.PriorityQueue;

/** An event loop whose clock the test moves. */
public final class HandLoop implements MediaLoop {
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atMs).thenComparingLong(Timer::number));
    private long nowMs = 1_000;
    private long numbers;

    private record Timer(long atMs, long number, Runnable task) {}

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public void after(long delayMs, Runnable task) {
        timers.add(new Timer(nowMs + Math.max(0, delayMs), numbers++, task));
    }

    @Override
    public void soon(Runnable task) {
        after(0, task);
    }

    /** Runs what is due on the way, in order. */
    public void advance(long ms) {
        var untilMs = nowMs + ms;
        for (var next = timers.peek(); next != null && next.atMs() <= untilMs; next = timers.peek()) {
            timers.remove();
            nowMs = Math.max(nowMs, next.atMs());
            next.task().run();
        }
        nowMs = untilMs;
    }
}
