package centralita.simulators.twilio;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One direction of a slow network: everything arrives later, never in another order. Without delay it adds nothing.
 * Holds at most {@link #MAX_WAITING} messages; more are lost, as a full router would lose them.
 */
final class DelayLine {
    static final int MAX_WAITING = 10_000;

    private record Waiting(long dueNanos, Runnable delivery) {}

    private final Vertx vertx;
    private final long delayNanos;
    private final long jitterNanos;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long lastDueNanos = Long.MIN_VALUE;

    DelayLine(Vertx vertx, Duration delay, Duration jitter) {
        this.vertx = vertx;
        this.delayNanos = delay.toNanos();
        this.jitterNanos = jitter.toNanos();
    }

    void carry(Runnable delivery) {
        if (delayNanos == 0 && jitterNanos == 0) {
            delivery.run();
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            return;
        }
        var extra = jitterNanos == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitterNanos);
        lastDueNanos = Math.max(lastDueNanos, System.nanoTime() + delayNanos + extra);
        waiting.addLast(new Waiting(lastDueNanos, delivery));
        if (waiting.size() == 1) {
            schedule();
        }
    }

    private void schedule() {
        var head = waiting.peekFirst();
        if (head != null) {
            var millis = Math.max(1, (head.dueNanos() - System.nanoTime()) / 1_000_000);
            vertx.setTimer(millis, timer -> deliver());
        }
    }

    private void deliver() {
        for (var head = waiting.peekFirst();
                head != null && head.dueNanos() <= System.nanoTime();
                head = waiting.peekFirst()) {
            waiting.removeFirst();
            head.delivery().run();
        }
        schedule();
    }
}
