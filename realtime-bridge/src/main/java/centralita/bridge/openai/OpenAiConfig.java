package centralita.bridge.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the model is reached. */
@ConfigMapping(prefix = "bridge.openai")
public interface OpenAiConfig {
    /** Full address of the realtime socket, without query ({@code OPENAI_REALTIME_URL}). */
    URI realtimeUrl();

    /** {@code OPENAI_API_KEY}. Never logged. */
    String apiKey();

    /** For assistants that name none ({@code OPENAI_REALTIME_MODEL}). */
    String model();

    /** For assistants that name none. Older ones than this stop on 2027-02-26. */
    @WithDefault("gpt-transcribe")
    String transcriptionModel();

    /** {@code PCM24} for a model that does not speak G.711; it costs CPU for every call. */
    @WithDefault("PCMU")
    AudioFormat audioFormat();

    /** How hard a model of the 2.x family thinks: minimal, low, medium, high, xhigh. Higher means a longer pause. */
    Optional<String> reasoningEffort();

    /** What is kept when the context is full. Higher loses the prompt cache more often, lower forgets more at once. */
    @WithDefault("0.8")
    @DecimalMin("0.0")
    @DecimalMax("1.0")
    double retentionRatio();

    /** Longer, and a caller waits for a socket that will not come; shorter, and a slow network has no chance. */
    @WithDefault("5S")
    Duration connectTimeout();

    /** From the socket to a configured session. */
    @WithDefault("10S")
    Duration configureTimeout();

    /**
     * Nothing at all from the model for two of these and the session is taken for dead, whatever TCP says: after 5 to
     * 7.5 s. Longer, and what a caller says meanwhile passes {@code bridge.session.kept-audio}; shorter, and a network
     * that stutters for two seconds costs the session.
     */
    @WithDefault("2500MS")
    Duration pingInterval();

    /** When the caller's keyed hash goes to the model's maker as {@code OpenAI-Safety-Identifier}. */
    @WithDefault("OPENAI_ONLY")
    SafetyIdentifier safetyIdentifier();

    /** Whom the caller's keyed hash is told. */
    enum SafetyIdentifier {
        /** Hosts of OpenAI only. */
        OPENAI_ONLY,
        ALWAYS,
        NEVER
    }
}
