package centralita.spool;

import centralita.spool.SegmentLog.DamagedRecordException;
import centralita.spool.SegmentLog.Entry;
import centralita.spool.SegmentLog.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log in order and gives it to Kafka. One thread reads and sends; Kafka's own thread brings the
 * acknowledgements.
 *
 * <p>Order: the producer is idempotent and never gives a record up, so the records of one partition arrive in the order
 * of the log. If Kafka refuses one for good (no right to the topic, say), all that were sent are awaited, and sending
 * begins again at the first that was not acknowledged, with growing pauses.
 */
final class KafkaSender implements Runnable {
    private static final Logger LOG = Logger.getLogger(KafkaSender.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long NOTE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** A record that cannot be read so often is damaged and not only in trouble. */
    private static final int READS_OF_A_DAMAGED_RECORD = 3;

    private final SegmentLog log;
    private final Acknowledged acknowledged;
    private final SendWindow window;
    private final LogProducer producer;
    // Of the sending thread alone.
    private Duration pause = FIRST_PAUSE;
    private Position floorSeen;
    private Position floorNoted;
    private long lastNoteNanos = System.nanoTime();
    private Position damagedAt = Position.FIRST;
    private int damagedReads;
    /** When Kafka last kept something, or had nothing to keep. Written by the sending thread. */
    private volatile long lastProgressNanos = System.nanoTime();
    /** Whether Kafka has been away for so long that it was said. Written by the sending thread. */
    private volatile boolean silent;

    KafkaSender(SegmentLog log, Acknowledged acknowledged, Position floor, SpoolSettings settings) {
        this.log = log;
        this.acknowledged = acknowledged;
        this.window = new SendWindow(floor, settings.unacknowledgedEvents());
        this.producer = new LogProducer(settings);
        this.floorSeen = floor;
        this.floorNoted = floor;
    }

    /** There is more to read. */
    void wake() {
        window.wake();
    }

    /** Ends as soon as all is acknowledged. */
    void finish() {
        window.finish();
    }

    /** Ends now, also while Kafka is looked for. */
    void stop() {
        window.stop();
        producer.end();
    }

    /** Whether Kafka takes nothing, so that waiting for it would be in vain. */
    boolean isSilent() {
        return silent;
    }

    /** Since when Kafka has kept nothing although something waits; short while nothing does. */
    Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - lastProgressNanos);
    }

    SendWindow.Status status() {
        return window.status();
    }

    @Override
    public void run() {
        var next = floorSeen;
        try {
            while (true) {
                try {
                    var entry = log.read(next);
                    if (!(entry == null ? window.awaitMore() : window.awaitRoom())) {
                        return;
                    }
                    if (window.isRefused()) {
                        next = beginAgain();
                    } else if (entry != null) {
                        send(entry);
                        next = entry.next();
                    }
                    noticeProgress(entry == null);
                } catch (DamagedRecordException e) {
                    leaveOut(e);
                    next = beginAgain();
                } catch (IOException | RuntimeException e) {
                    // A disk that comes back finds this thread waiting; events stay where they are meanwhile.
                    LOG.error("The spool cannot be read; it is tried again.", e);
                    if (window.isEnding()) {
                        return;
                    }
                    next = beginAgain();
                }
                if (window.isStopped()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            producer.close();
            note(window.status().floor());
        }
    }

    private void send(Entry entry) {
        var sent = window.open(entry.next());
        SpooledEvent event;
        try {
            event = SpooledEvent.decode(entry.body());
        } catch (RuntimeException e) {
            // Its checksum is right, so it was written like this: by a newer version, before it was rolled back.
            LOG.error("An event in the spool is of an unknown kind and is left out.", e);
            window.kept(sent);
            return;
        }
        try {
            producer.send(event, (_, failure) -> answered(sent, failure));
        } catch (RuntimeException e) {
            // A client that cannot be made, or is broken: a new one may do better.
            window.refuse(e);
        }
    }

    /** On Kafka's thread. */
    private void answered(SendWindow.Sent sent, @Nullable Exception failure) {
        if (failure == null) {
            window.kept(sent);
        } else if (failure instanceof RecordTooLargeException) {
            LOG.error("Kafka allows smaller events than this one; it is lost.");
            window.lost(sent);
        } else {
            LOG.debugf(failure, "Kafka did not take an event.");
            window.refuse(failure);
        }
    }

    private Position beginAgain() throws InterruptedException {
        // Closing decides about everything that is underway: later ones must not overtake the one that failed.
        producer.close();
        var from = window.beginAgain(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return from;
    }

    /** What is damaged never becomes sound, and everything that was written since waits behind it. */
    private void leaveOut(DamagedRecordException damage) {
        damagedReads = damage.position().equals(damagedAt) ? damagedReads + 1 : 1;
        damagedAt = damage.position();
        if (damagedReads < READS_OF_A_DAMAGED_RECORD) {
            return;
        }
        try {
            var lost = log.cutOff(damage.position());
            window.lost(lost);
            LOG.errorf("A file of the spool is damaged and its end is lost. events=%d", lost);
        } catch (IOException e) {
            LOG.error("A damaged file of the spool cannot be left; it is tried again.", e);
        }
    }

    /** @param idle whether there is nothing more to send */
    private void noticeProgress(boolean idle) {
        var status = window.status();
        var now = System.nanoTime();
        if (!status.floor().equals(floorSeen) || idle && status.underway() == 0) {
            floorSeen = status.floor();
            lastProgressNanos = now;
            pause = FIRST_PAUSE;
            if (silent) {
                silent = false;
                LOG.info("Kafka takes events again.");
            }
        } else if (!silent && now - lastProgressNanos > SILENCE_NANOS) {
            silent = true;
            LOG.warnf("Kafka does not take events; they wait on disk. reason=%s", status.lastRefusal());
        }
        if (!status.floor().equals(floorNoted) && (idle || now - lastNoteNanos > NOTE_EVERY_NANOS)) {
            lastNoteNanos = now;
            note(status.floor());
        }
    }

    private void note(Position reached) {
        floorNoted = reached;
        try {
            acknowledged.write(reached);
            log.forget(reached);
        } catch (IOException e) {
            LOG.warn("It cannot be noted which events were sent; they will be sent again.", e);
        }
    }
}
