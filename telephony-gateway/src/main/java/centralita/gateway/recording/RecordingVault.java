package centralita.gateway.recording;

import centralita.recording.storage.RecordingStorage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The storage of this deployment, if it has one, and the threads that may wait for it. Two bounded queues: segments go
 * into the one, and a segment that finds it full is lost; what completes recordings goes into the other, and what finds
 * that full is found again by the sweep.
 */
@Singleton
class RecordingVault {
    private static final Logger LOG = Logger.getLogger(RecordingVault.class);
    private static final int WAITING_COMPLETIONS = 1_000;
    private static final long LAST_WRITES_MS = 4_000;

    private final Optional<RecordingStorage> storage;
    private final Optional<RecordingAssembly> assembly;
    private final ThreadPoolExecutor writers;
    private final ThreadPoolExecutor completions;

    RecordingVault(RecordingConfig settings, RecordingEvents events, RecordingMetrics metrics) {
        this.storage = settings.location().map(RecordingVault::open);
        this.assembly = storage.map(kept -> new RecordingAssembly(kept, tell(events, metrics), Clock.systemUTC()));
        this.writers = pool("recording-writer", settings.writers(), settings.queueSegments());
        this.completions = pool("recording-completion", 1, WAITING_COMPLETIONS);
    }

    private static RecordingStorage open(URI location) {
        try {
            return RecordingStorage.open(location);
        } catch (IOException e) {
            // The address may hold a key.
            throw new IllegalStateException(
                    "telephony-gateway cannot start: CENTRALITA_RECORDING_LOCATION cannot be used: " + e.getMessage());
        }
    }

    private static Consumer<CompletedRecording> tell(RecordingEvents events, RecordingMetrics metrics) {
        return recording -> {
            metrics.completed();
            LOG.infof(
                    "A recording is complete. callId=%s recordingId=%s durationMs=%d gapMs=%d",
                    recording.callId(), recording.recordingId(), recording.durationMs(), recording.gapMs());
            events.publish(recording.event(Clock.systemUTC().instant()));
        };
    }

    private static ThreadPoolExecutor pool(String name, int threads, int waiting) {
        var number = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    var thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Empty when nothing is recorded in this deployment. */
    Optional<RecordingStorage> storage() {
        return storage;
    }

    Optional<RecordingAssembly> assembly() {
        return assembly;
    }

    /** Runs what writes a segment. @return false when too much waits */
    boolean write(Runnable task) {
        return offer(writers, task);
    }

    /** Runs what completes recordings, one after another. @return false when too much waits */
    boolean later(Runnable task) {
        return offer(completions, task);
    }

    private static boolean offer(ThreadPoolExecutor pool, Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** What was said last is kept; what is not completed by now, another gateway completes. */
    @PreDestroy
    void close() throws InterruptedException {
        completions.shutdown();
        writers.shutdown();
        if (!writers.awaitTermination(LAST_WRITES_MS, TimeUnit.MILLISECONDS)) {
            LOG.warnf(
                    "Segments were not written before the process stops. segments=%d",
                    writers.getQueue().size());
        }
        if (!completions.awaitTermination(LAST_WRITES_MS, TimeUnit.MILLISECONDS)) {
            completions.shutdownNow();
        }
        storage.ifPresent(RecordingStorage::close);
    }
}
