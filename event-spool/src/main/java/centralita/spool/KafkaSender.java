package centralita.spool;

import centralita.spool.SegmentLog.Entry;
import centralita.spool.SegmentLog.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
    private static final byte[] CONTENT_TYPE =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII);

    private final SegmentLog log;
    private final Acknowledged acknowledged;
    private final SpoolSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    /** Something was written, acknowledged, refused, or we are to end. */
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<Sent> underway = new ArrayDeque<>();
    private Position floor;
    private long acknowledgedCount;
    private long lostCount;
    private boolean refused;
    private String lastRefusal = "no answer";
    private boolean finishing;
    private boolean stopped;
    private boolean written = true;

    private @Nullable KafkaProducer<String, byte[]> producer;
    // Of the sending thread alone.
    private Duration pause = FIRST_PAUSE;
    private Position floorSeen;
    private Position floorNoted;
    private long lastProgressNanos = System.nanoTime();
    private long lastNoteNanos = System.nanoTime();
    private boolean silent;

    private static final class Sent {
        final Position next;
        boolean done;

        Sent(Position next) {
            this.next = next;
        }
    }

    KafkaSender(SegmentLog log, Acknowledged acknowledged, Position floor, SpoolSettings settings) {
        this.log = log;
        this.acknowledged = acknowledged;
        this.floor = floor;
        this.floorSeen = floor;
        this.floorNoted = floor;
        this.settings = settings;
    }

    /** There is more to read. */
    void wake() {
        lock.lock();
        try {
            written = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends as soon as all is acknowledged. */
    void finish() {
        lock.lock();
        try {
            finishing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends now. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long acknowledgedCount() {
        lock.lock();
        try {
            return acknowledgedCount;
        } finally {
            lock.unlock();
        }
    }

    long lostCount() {
        lock.lock();
        try {
            return lostCount;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        var next = floor;
        try {
            while (true) {
                try {
                    var entry = log.read(next);
                    if (!(entry == null ? waitForMore() : waitForRoom())) {
                        return;
                    }
                    if (mustBeginAgain()) {
                        next = beginAgain();
                    } else if (entry != null) {
                        send(entry);
                        next = entry.next();
                    }
                    noticeProgress(entry == null);
                } catch (IOException | RuntimeException e) {
                    // A disk that comes back finds this thread waiting; events stay where they are meanwhile.
                    LOG.error("The spool cannot be read; it is tried again.", e);
                    if (isStopped()) {
                        return;
                    }
                    next = beginAgain();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeProducer();
            note(reached());
        }
    }

    private void send(Entry entry) throws InterruptedException {
        var sent = new Sent(entry.next());
        lock.lock();
        try {
            underway.add(sent);
        } finally {
            lock.unlock();
        }
        SpooledEvent event;
        try {
            event = SpooledEvent.decode(entry.body());
        } catch (RuntimeException e) {
            // Its checksum is right, so it was written like this: by a newer version, before it was rolled back.
            LOG.error("An event in the spool is of an unknown kind and is left out.", e);
            acknowledge(sent, null);
            return;
        }
        var message =
                new ProducerRecord<>(event.destination().topic(), event.callId().toString(), event.json());
        message.headers().add("content-type", CONTENT_TYPE);
        if (event.traceparent() != null) {
            message.headers().add("traceparent", event.traceparent().getBytes(StandardCharsets.US_ASCII));
        }
        try {
            producer().send(message, (_, failure) -> acknowledge(sent, failure));
        } catch (RuntimeException e) {
            // A client that cannot be made, or is broken: a new one may do better.
            acknowledge(sent, e);
        }
    }

    /** On Kafka's thread, or on ours when Kafka could not even be asked. */
    private void acknowledge(Sent sent, @Nullable Exception failure) {
        lock.lock();
        try {
            if (failure == null) {
                sent.done = true;
                acknowledgedCount++;
            } else if (failure instanceof RecordTooLargeException) {
                // Never will it be smaller, and all the others wait behind it.
                LOG.error("Kafka allows smaller events than this one; it is lost.");
                sent.done = true;
                lostCount++;
            } else {
                if (!refused) {
                    LOG.debugf(failure, "Kafka did not take an event.");
                    lastRefusal = failure.toString();
                }
                refused = true;
            }
            while (!underway.isEmpty() && underway.getFirst().done) {
                floor = underway.removeFirst().next;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return false when we are to end */
    private boolean waitForMore() throws InterruptedException {
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

    /** @return false when we are to end */
    private boolean waitForRoom() throws InterruptedException {
        lock.lock();
        try {
            while (underway.size() >= settings.unacknowledgedEvents() && !stopped && !refused) {
                var _ = changed.await(500, TimeUnit.MILLISECONDS);
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped || finishing;
        } finally {
            lock.unlock();
        }
    }

    private boolean mustBeginAgain() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    private Position beginAgain() throws InterruptedException {
        // Closing decides about everything that is underway: later ones must not overtake the one that failed.
        closeProducer();
        lock.lock();
        try {
            acknowledgedCount -= underway.stream().filter(sent -> sent.done).count();
            underway.clear();
            refused = false;
            if (!stopped) {
                var _ = changed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            written = true;
            return floor;
        } finally {
            lock.unlock();
        }
    }

    /** @param idle whether there is nothing more to send */
    private void noticeProgress(boolean idle) {
        Position reached;
        boolean waiting;
        String reason;
        lock.lock();
        try {
            reached = floor;
            reason = lastRefusal;
            waiting = !idle || !underway.isEmpty();
        } finally {
            lock.unlock();
        }
        var now = System.nanoTime();
        if (!reached.equals(floorSeen) || !waiting) {
            floorSeen = reached;
            lastProgressNanos = now;
            pause = FIRST_PAUSE;
            if (silent) {
                silent = false;
                LOG.info("Kafka takes events again.");
            }
        } else if (!silent && now - lastProgressNanos > SILENCE_NANOS) {
            silent = true;
            LOG.warnf("Kafka does not take events; they wait on disk. reason=%s", reason);
        }
        if (!reached.equals(floorNoted) && (idle || now - lastNoteNanos > NOTE_EVERY_NANOS)) {
            lastNoteNanos = now;
            note(reached);
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

    private Position reached() {
        lock.lock();
        try {
            return floor;
        } finally {
            lock.unlock();
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        var open = producer;
        if (open == null) {
            open = new KafkaProducer<>(properties(), new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private void closeProducer() {
        var open = producer;
        if (open != null) {
            producer = null;
            open.close(Duration.ZERO);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(settings.kafka());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Never gives a record up: a record that is given up is overtaken by the next one.
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 100);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 100);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        return properties;
    }
}
