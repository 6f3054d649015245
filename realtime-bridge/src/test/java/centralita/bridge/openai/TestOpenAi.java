package centralita.bridge.openai;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The settings of a test's first provider. */
record TestOpenAi(String model, AudioFormat audioFormat) implements OpenAiConfig {
    TestOpenAi(String model) {
        this(model, AudioFormat.PCMU);
    }

    @Override
    public URI realtimeUrl() {
        return URI.create("ws://127.0.0.1:1/v1/realtime");
    }

    @Override
    public String apiKey() {
        return "sk-test";
    }

    @Override
    public String transcriptionModel() {
        return "gpt-transcribe";
    }

    @Override
    public Optional<String> reasoningEffort() {
        return Optional.of("low");
    }

    @Override
    public double retentionRatio() {
        return 0.8;
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration configureTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration pingInterval() {
        return Duration.ofMillis(2_500);
    }

    @Override
    public SafetyIdentifier safetyIdentifier() {
        return SafetyIdentifier.OPENAI_ONLY;
    }
}
