package centralita.spool;

import centralita.spool.SegmentLog.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What Kafka was given and has not said that it keeps, and up to where it keeps everything. Thread-safe: one thread sends,
 * Kafka's own brings the answers, others write and end.
 */
final class SendWindow {
    private final int room;
    private final ReentrantLock lock = new ReentrantLock();
    /** Something was written, acknowledged, refused, or we are to end. */
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<Sent> underway = new ArrayDeque<>();
    private Position floor;
    private long keptCount;
    private long lostCount;
    private boolean refused;
    private String lastRefusal = "no answer";
    private boolean finishing;
    private boolean stopped;
    private boolean written = true;

    /** A record that Kafka was given. */
    static final class Sent {
        private final Position next;
        private boolean done;

        private Sent(Position next) {
            this.next = next;
        }
    }

    /**
     * As of now.
     *
     * @param floor all before it is kept
     * @param underway how many records wait for an answer
     * @param lastRefusal what Kafka said last when it refused one
     */
    record Status(Position floor, int underway, long kept, long lost, String lastRefusal) {}

    /** @param room records that may be underway */
    SendWindow(Position floor, int room) {
        this.floor = floor;
        this.room = room;
    }

    Status status() {
        lock.lock();
        try {
            return new Status(floor, underway.size(), keptCount, lostCount, lastRefusal);
        } finally {
            lock.unlock();
        }
    }

    /** There is more to send. */
    void wake() {
        change(() -> written = true);
    }

    /** To end as soon as all is acknowledged. */
    void finish() {
        change(() -> finishing = true);
    }

    /** To end now. */
    void stop() {
        change(() -> stopped = true);
    }

    /** A record goes out. @param next where the one after it begins */
    Sent open(Position next) {
        var sent = new Sent(next);
        change(() -> underway.add(sent));
        return sent;
    }

    /** Kafka keeps it. */
    void kept(Sent sent) {
        change(() -> {
            sent.done = true;
            keptCount++;
            raiseFloor();
        });
    }

    /** Kafka never will keep it, and the others wait behind it. */
    void lost(Sent sent) {
        change(() -> {
            sent.done = true;
            lostCount++;
            raiseFloor();
        });
    }

    /** Records that can no longer be read; nobody waits for them. */
    void lost(long records) {
        change(() -> lostCount += records);
    }

    /** Kafka did not take one: it is to be given everything again from there on. */
    void refuse(Exception failure) {
        change(() -> {
            if (!refused) {
                lastRefusal = failure.toString();
            }
            refused = true;
        });
    }

    boolean isRefused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** Whether we are to end, now or soon. */
    boolean isEnding() {
        lock.lock();
        try {
            return stopped || finishing;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a while for something to be written. @return false when we are to end */
    boolean awaitMore() throws InterruptedException {
        lock.lock();
        try {
            if (stopped || finishing && underway.isEmpty() && !written) {
                return false;
            }
            if (!written && !refused) {
                var _ = changed.await(500, TimeUnit.MILLISECONDS);
            }
            written = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for a record. @return false when we are to end */
    boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (underway.size() >= room && !stopped && !refused) {
                var _ = changed.await(500, TimeUnit.MILLISECONDS);
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets what is underway; no answer to it may come any more.
     *
     * @return where to begin again, after a pause
     */
    Position beginAgain(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            keptCount -= underway.stream().filter(sent -> sent.done).count();
            underway.clear();
            refused = false;
            if (!stopped) {
                var _ = changed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
            written = true;
            return floor;
        } finally {
            lock.unlock();
        }
    }

    private void raiseFloor() {
        while (!underway.isEmpty() && underway.getFirst().done) {
            floor = underway.removeFirst().next;
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
