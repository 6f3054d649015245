package centralita.bridge.session;

import centralita.contracts.call.CallQuality;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** How conversations sounded: one sample of each at its end, so that no meter needs a call's name. */
final class SoundMeters {
    private final DistributionSummary mos;
    private final DistributionSummary jitter;
    private final DistributionSummary longestGap;
    private final DistributionSummary talkOver;
    private final Counter missing;
    private final Counter holes;
    private final Counter late;
    private final Counter underruns;
    private final Counter underrunTime;

    SoundMeters(MeterRegistry registry) {
        this.mos = DistributionSummary.builder("conversation.mos")
                .description("Expected mean opinion score by the E-model, 1 to 4.5.")
                .serviceLevelObjectives(1, 2.6, 3.1, 3.6, 4, 4.3)
                .register(registry);
        this.jitter = DistributionSummary.builder("caller.audio.jitter")
                .description("Mean interarrival jitter of the caller's frames (RFC 3550).")
                .baseUnit("milliseconds")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100)
                .register(registry);
        this.longestGap = DistributionSummary.builder("caller.audio.longest.gap")
                .description("Longest time of a conversation without a frame of the caller.")
                .baseUnit("milliseconds")
                .serviceLevelObjectives(40, 60, 100, 200, 500, 1_000, 2_000, 5_000)
                .register(registry);
        this.talkOver = DistributionSummary.builder("conversation.talk.over")
                .description("Share of a conversation in which caller and assistant sound at once.")
                .baseUnit("ratio")
                .serviceLevelObjectives(0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
                .register(registry);
        this.missing = Counter.builder("caller.audio.missing")
                .description("Audio of callers that never came.")
                .baseUnit("milliseconds")
                .register(registry);
        this.holes = Counter.builder("caller.audio.holes")
                .description("Places where audio of callers never came.")
                .register(registry);
        this.late = Counter.builder("caller.audio.late")
                .description("Frames of callers that came 60 ms or more behind the quickest.")
                .baseUnit("frames")
                .register(registry);
        this.underruns = Counter.builder("playback.underruns")
                .description("Times that the assistant's audio ran dry in the middle of an item.")
                .register(registry);
        this.underrunTime = Counter.builder("playback.underrun.time")
                .description("Silence that callers heard in the middle of an item.")
                .baseUnit("milliseconds")
                .register(registry);
    }

    /** @param durationMs of the conversation */
    void on(CallQuality quality, long durationMs) {
        var stream = quality.stream();
        mos.record(quality.mos());
        jitter.record(stream.jitterMicros() / 1000.0);
        longestGap.record(stream.longestGapMs());
        if (durationMs > 0) {
            talkOver.record((double) quality.talkOverMs() / durationMs);
        }
        missing.increment(stream.missingMs());
        holes.increment(stream.holes());
        late.increment(stream.lateFrames());
        underruns.increment(stream.underruns());
        underrunTime.increment(stream.underrunMs());
    }
}
