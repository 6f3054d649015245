package centralita.gateway.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What happens to audio, counted. */
@Singleton
public class SessionMetrics {
    private final Counter dropped;
    private final Counter overruns;
    private final Counter stalls;
    private final Counter echoes;

    SessionMetrics(MeterRegistry meters) {
        this.dropped = Counter.builder("link.frames.dropped")
                .description("Frames of callers that were too old when the bridge could take them.")
                .register(meters);
        this.overruns = Counter.builder("playback.overruns")
                .description("Answers that were cut because a model was too far ahead of its caller.")
                .register(meters);
        this.echoes = Counter.builder("caller.audio.echo")
                .description("Frames of callers that were only our own sound.")
                .baseUnit("frames")
                .register(meters);
        this.stalls = Counter.builder("media.stream.stalls")
                .description("Streams that ended because their peer did not read.")
                .register(meters);
    }

    /** A frame of a caller was only our own sound. */
    void echo() {
        echoes.increment();
    }

    void framesDropped(long frames) {
        dropped.increment(frames);
    }

    void playbackOverrun() {
        overruns.increment();
    }

    void writeStall() {
        stalls.increment();
    }
}
