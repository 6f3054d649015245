package centralita.gateway.recording;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What happens to recordings, counted. */
@Singleton
class RecordingMetrics {
    private final Counter written;
    private final Counter refused;
    private final Counter failed;
    private final Counter misfits;
    private final Counter completed;
    private final Counter incomplete;
    private final Counter read;
    private final Counter deleted;

    RecordingMetrics(MeterRegistry meters) {
        this.written = counter(meters, "recording.segments.written", "Segments that the storage keeps.");
        this.refused = counter(meters, "recording.segments.refused", "Segments that found no room in the queue.");
        this.failed = counter(meters, "recording.segments.failed", "Segments that the storage did not take.");
        this.misfits = counter(meters, "recording.audio.misfits", "Pieces of audio that came too late to be recorded.");
        this.completed = counter(meters, "recording.completed", "Recordings that were completed.");
        this.incomplete = counter(meters, "recording.completion.failures", "Completions that are tried again later.");
        this.read = counter(meters, "recording.reads", "Recordings that somebody was given.");
        this.deleted = counter(meters, "recording.deleted", "Objects deleted because they were old.");
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    void written() {
        written.increment();
    }

    void refused() {
        refused.increment();
    }

    void failed() {
        failed.increment();
    }

    void misfit() {
        misfits.increment();
    }

    void completed() {
        completed.increment();
    }

    void incomplete() {
        incomplete.increment();
    }

    void read() {
        read.increment();
    }

    void deleted() {
        deleted.increment();
    }
}
