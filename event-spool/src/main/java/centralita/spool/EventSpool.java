package centralita.spool;

import centralita.contracts.call.CallEvent;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes events, keeps them on disk, and sends them to Kafka when it can.
 *
 * <p><b>Publishing</b> never blocks and may be called by any thread, event loops included: it puts a reference into a
 * bounded queue. One thread of ours writes what is queued to disk, another reads the disk and sends.
 *
 * <p><b>Delivery</b> is at least once: what Kafka has not acknowledged when the process dies is sent again after the next
 * start from the same folder; consumers apply an id once. Events of one call arrive in the order in which they were
 * published. An event is lost only when it was still in memory at a {@code kill -9} (some ms), when the machine itself
 * dies (1 s), or when it was refused, which is counted.
 *
 * <p><b>Full</b>: when the disk allowance or the queue is full the newest event is refused; the oldest stay, because a
 * history with an end missing is worth more than one with a hole.
 */
public final class EventSpool implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventSpool.class);
    private static final int LARGEST_EVENT = 900 * 1024;
    private static final Duration FORCE_EVERY = Duration.ofSeconds(1);
    private static final Duration DISK_PAUSE = Duration.ofMillis(500);
    /** At the end, a Kafka that has been there and keeps nothing for so long is not waited for. */
    private static final Duration LAST_PATIENCE = Duration.ofMillis(1500);

    private final SpoolSettings settings;
    private final FileChannel lockFile;
    private final FileLock folderLock;
    private final SegmentLog log;
    private final Acknowledged acknowledged;
    private final KafkaSender sender;
    private final Thread writerThread;
    private final Thread senderThread;
    private final ArrayBlockingQueue<Object> queue;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final CountDownLatch abandoned = new CountDownLatch(1);
    /** Room on disk that is left to what is queued when somebody asks whether there is any, bytes. */
    private final long reserve;

    private volatile boolean closing;

    private EventSpool(SpoolSettings settings) throws IOException {
        this.settings = settings;
        Files.createDirectories(settings.directory());
        lockFile = FileChannel.open(
                settings.directory().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        folderLock = lock(lockFile, settings.directory());
        acknowledged = new Acknowledged(settings.directory());
        var floor = acknowledged.read();
        log = new SegmentLog(settings.directory(), settings.maxBytes(), floor);
        sender = new KafkaSender(log, acknowledged, floor, settings);
        queue = new ArrayBlockingQueue<>(settings.queuedEvents());
        reserve = Math.min(256 * 1024, settings.maxBytes() / 8);
        writerThread = new Thread(this::write, "event-spool-writer");
        senderThread = new Thread(sender, "event-spool-sender");
        writerThread.setDaemon(true);
        senderThread.setDaemon(true);
        // Kafka loads its classes by the thread's loader, which in a test may be a colleague's.
        senderThread.setContextClassLoader(EventSpool.class.getClassLoader());
    }

    /**
     * Opens a folder, takes up what an earlier run left there, and begins to send. Kafka need not be there.
     *
     * @throws UncheckedIOException when the folder cannot be used
     * @throws IllegalStateException when another process uses it
     */
    public static EventSpool open(SpoolSettings settings) {
        try {
            var spool = new EventSpool(settings);
            if (spool.log.damaged() > 0) {
                LOG.warnf("The spool had torn ends. count=%d", spool.log.damaged());
            }
            spool.writerThread.start();
            spool.senderThread.start();
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException("the spool's folder cannot be used: " + settings.directory(), e);
        }
    }

    /** Takes an event of a call's life; returns at once. */
    public void publish(CallEvent event) {
        take(event);
    }

    /** Takes something that was said; returns at once. */
    public void publish(TranscriptEvent event) {
        take(event);
    }

    /**
     * Takes what is asked of another service; returns at once.
     *
     * @return false when it is refused, so that nobody is promised what nobody will be asked for
     */
    public boolean publish(RequestEvent event) {
        if (log.room() < reserve) {
            refused.increment();
            return false;
        }
        return take(event);
    }

    /** As of now; cheap enough for every scrape. */
    public SpoolStatus status() {
        var sending = sender.status();
        return new SpoolStatus(
                Math.max(0, log.recordsFound() + taken.sum() - sending.kept() - sending.lost()),
                log.bytes(),
                sending.kept(),
                refused.sum() + sending.lost(),
                log.damaged());
    }

    /**
     * Takes no more, writes what is queued, and gives Kafka {@link SpoolSettings#closeTimeout} to take the rest; less when
     * Kafka is away. What is left waits in the folder.
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        var deadline = System.nanoTime() + settings.closeTimeout().toNanos();
        try {
            join(writerThread, deadline);
            abandoned.countDown();
            sender.finish();
            while (senderThread.isAlive() && System.nanoTime() < deadline && mayYetSend()) {
                var _ = senderThread.join(Duration.ofMillis(20));
            }
            sender.stop();
            senderThread.join(Duration.ofSeconds(10));
            writerThread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            sender.stop();
            Thread.currentThread().interrupt();
        }
        while (queue.poll() != null) {
            giveUp();
        }
        release();
    }

    /** Events that are not on disk yet. */
    int queued() {
        return queue.size();
    }

    /** Whether Kafka has taken nothing for so long that nobody should wait for it. */
    boolean isKafkaAway() {
        return sender.isSilent();
    }

    private boolean mayYetSend() {
        var wasThere = sender.status().kept() > 0;
        return !sender.isSilent() && !(wasThere && sender.quietFor().compareTo(LAST_PATIENCE) > 0);
    }

    private boolean take(Object event) {
        var takes = !closing && queue.offer(event);
        (takes ? taken : refused).increment();
        return takes;
    }

    private void write() {
        var lastForceNanos = System.nanoTime();
        var unforced = false;
        while (true) {
            try {
                var event = queue.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    append(event);
                    unforced = true;
                } else if (closing) {
                    return;
                }
                var now = System.nanoTime();
                if (unforced && now - lastForceNanos > FORCE_EVERY.toNanos()) {
                    log.force();
                    lastForceNanos = now;
                    unforced = false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                LOG.warn("The spool cannot be made durable.", e);
            } catch (RuntimeException e) {
                // This thread must outlive what one event can do to it.
                LOG.error("An event could not be written to the spool; it is lost.", e);
                giveUp();
            }
        }
    }

    /** Until it is on disk or refused: a disk that comes back finds the queue waiting. */
    private void append(Object event) throws InterruptedException {
        var bytes = encode(event);
        if (bytes == null) {
            giveUp();
            return;
        }
        var complained = false;
        while (true) {
            try {
                if (log.append(bytes)) {
                    sender.wake();
                } else {
                    giveUp();
                }
                return;
            } catch (IOException e) {
                if (!complained) {
                    complained = true;
                    LOG.error("Events cannot be written to disk; they wait in memory.", e);
                }
                if (abandoned.await(DISK_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    giveUp();
                    return;
                }
            }
        }
    }

    private static byte @Nullable [] encode(Object event) {
        try {
            var spooled = switch (event) {
                case CallEvent call -> SpooledEvent.of(call);
                case TranscriptEvent said -> SpooledEvent.of(said);
                case RequestEvent asked -> SpooledEvent.of(asked);
                default -> throw new IllegalArgumentException("not an event");
            };
            if (spooled.json().length <= LARGEST_EVENT) {
                return spooled.encode();
            }
            LOG.errorf("An event is too large for Kafka and is lost. callId=%s", spooled.callId());
        } catch (JsonProcessingException e) {
            // Without the cause: its message may hold what was said.
            LOG.errorf("An event cannot be written as JSON and is lost. event=%s", event);
        }
        return null;
    }

    private void giveUp() {
        taken.decrement();
        refused.increment();
    }

    private static void join(Thread thread, long deadlineNanos) throws InterruptedException {
        var left = deadlineNanos - System.nanoTime();
        if (left > 0) {
            var _ = thread.join(Duration.ofNanos(left));
        }
    }

    private void release() {
        try {
            log.close();
            acknowledged.close();
            folderLock.release();
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("The spool could not be closed.", e);
        }
    }

    private static FileLock lock(FileChannel file, Path directory) throws IOException {
        try {
            var lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new IllegalStateException("the spool's folder is in use in this process: " + directory, e);
        }
        file.close();
        throw new IllegalStateException("the spool's folder is in use by another process: " + directory);
    }
}
