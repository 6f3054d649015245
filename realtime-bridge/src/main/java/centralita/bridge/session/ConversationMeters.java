package centralita.bridge.session;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/**
 * What is measured of conversations. Names of the generative-AI conventions where they have one (opentelemetry.io,
 * "gen_ai"), so that dashboards made for them fit.
 */
@Singleton
class ConversationMeters {
    private final MeterRegistry registry;
    private final Counter started;
    private final Counter bargeIns;
    private final Counter resumed;
    private final Counter filled;
    private final Counter dropped;
    private final SoundMeters sound;

    ConversationMeters(MeterRegistry registry) {
        this.registry = registry;
        this.sound = new SoundMeters(registry);
        this.started = registry.counter("conversations.started");
        this.bargeIns = registry.counter("barge.ins");
        this.resumed = Counter.builder("barge.ins.resumed")
                .description("Items of assistants that went on after a sound that meant nothing.")
                .register(registry);
        this.filled =
                Counter.builder("caller.audio.filled").baseUnit("milliseconds").register(registry);
        this.dropped =
                Counter.builder("caller.audio.dropped").baseUnit("milliseconds").register(registry);
    }

    void on(CallFact fact) {
        switch (fact) {
            case CallFact.ConversationStarted _ -> started.increment();
            case CallFact.BargeIn bargeIn -> {
                bargeIns.increment();
                timer("barge.in.reaction").record(Duration.ofMillis(bargeIn.reactionMs()));
            }
            case CallFact.Turn turn -> {
                var first = turn.firstAudioMs();
                if (first != null) {
                    Timer.builder("model.turn.latency")
                            .tag("trigger", turn.trigger())
                            .publishPercentileHistogram()
                            .register(registry)
                            .record(Duration.ofMillis(first));
                }
            }
            case CallFact.ToolCalled tool ->
                registry.counter("tools.called", "outcome", tool.outcome()).increment();
            case CallFact.ModelUsage usage -> {
                registry.counter("model.responses", "status", usage.status()).increment();
                tokens(usage.model(), usage.tokens());
            }
            case CallFact.ModelSwitched switched ->
                Timer.builder("model.switch.gap")
                        .tag("cause", switched.cause())
                        .tag("provider", switched.toProvider())
                        .publishPercentileHistogram()
                        .register(registry)
                        .record(Duration.ofMillis(switched.gapMs()));
            case CallFact.ConversationEnded ended -> {
                registry.counter(
                                "conversations.ended",
                                "reason",
                                ended.reason().name().toLowerCase(Locale.ROOT))
                        .increment();
                var quality = ended.quality();
                if (quality != null) {
                    sound.on(quality, ended.durationMs());
                }
            }
            default -> {}
        }
    }

    private void tokens(String model, Tokens tokens) {
        tokenUsage(model, "input").record(tokens.textIn() + tokens.audioIn());
        tokenUsage(model, "output").record(tokens.textOut() + tokens.audioOut());
    }

    private DistributionSummary tokenUsage(String model, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .baseUnit("tokens")
                .tag("gen_ai.request.model", model)
                .tag("gen_ai.token.type", type)
                .register(registry);
    }

    private Timer timer(String name) {
        return Timer.builder(name).publishPercentileHistogram().register(registry);
    }

    void resumed() {
        resumed.increment();
    }

    /** Of one call, at its end. */
    void audio(long filledMs, long droppedMs) {
        filled.increment(filledMs);
        dropped.increment(droppedMs);
    }
}
