package centralita.contracts.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of an assistant, complete: whoever has it can serve a call without asking anybody. It travels in Redis, on
 * the compacted topic {@code assistant-profiles} and to the bridge with the order to prepare.
 *
 * @param assistantId lower-case words with hyphens, as {@code customer-service-en}
 * @param version from 1; a version never changes
 * @param language BCP 47, as {@code en-US}
 * @param instructions the persona, as the model reads it
 * @param greeting what the model is told for its first words; null when it waits for the caller
 * @param disclosure a line that the provider speaks before the model may; null for none. A template is never filled into
 *     it.
 * @param tools what the assistant may call
 * @param recording on what ground calls are recorded; null when they are not. The deployment has the last word
 */
public record AssistantProfile(
        String assistantId,
        int version,
        String name,
        String language,
        String instructions,
        @Nullable String greeting,
        @Nullable Disclosure disclosure,
        ModelSettings model,
        List<Tool> tools,
        Limits limits,
        @Nullable Recording recording) {

    /** An assistant whose calls are not recorded. */
    public AssistantProfile(
            String assistantId,
            int version,
            String name,
            String language,
            String instructions,
            @Nullable String greeting,
            @Nullable Disclosure disclosure,
            ModelSettings model,
            List<Tool> tools,
            Limits limits) {
        this(assistantId, version, name, language, instructions, greeting, disclosure, model, tools, limits, null);
    }

    /**
     * Spoken by the provider's {@code <Say>} before the stream is connected, so it is never left to the model.
     *
     * @param voice the provider's name of a voice; null for its default of the language
     */
    public record Disclosure(String text, @Nullable String voice) {}

    /**
     * @param name the model; null for the deployment's default ({@code OPENAI_REALTIME_MODEL})
     * @param speed 0.25 to 1.5; null leaves it to the model
     * @param transcriptionModel null for the deployment's default
     * @param keywords words that the transcription should know
     */
    public record ModelSettings(
            @Nullable String name,
            String voice,
            @Nullable Double speed,
            @Nullable String transcriptionModel,
            List<String> keywords,
            TurnDetection turnDetection) {}

    /**
     * When the model takes the caller's turn for ended.
     *
     * @param type {@code server_vad} (by silence) or {@code semantic_vad} (by meaning)
     * @param threshold 0 to 1, server_vad only
     * @param prefixPaddingMs audio kept from before the speech, server_vad only
     * @param silenceDurationMs silence that ends a turn, server_vad only
     * @param eagerness {@code low}, {@code medium}, {@code high}, {@code auto}, semantic_vad only
     * @param resumeFalseInterruptions whether the assistant goes on where it was heard after a cough or an "mm-hm"; null:
     *     no, whatever sounds like speech interrupts it
     * @param echoGuard whether our own sound that a loudspeaker gives back is kept from interrupting; null: no
     */
    public record TurnDetection(
            String type,
            @Nullable Double threshold,
            @Nullable Integer prefixPaddingMs,
            @Nullable Integer silenceDurationMs,
            @Nullable String eagerness,
            @Nullable Boolean resumeFalseInterruptions,
            @Nullable Boolean echoGuard) {
        /** Without what is off unless asked for. */
        public TurnDetection(
                String type,
                @Nullable Double threshold,
                @Nullable Integer prefixPaddingMs,
                @Nullable Integer silenceDurationMs,
                @Nullable String eagerness) {
            this(type, threshold, prefixPaddingMs, silenceDurationMs, eagerness, null, null);
        }

        public boolean resumesFalseInterruptions() {
            return Boolean.TRUE.equals(resumeFalseInterruptions);
        }

        public boolean guardsEcho() {
            return Boolean.TRUE.equals(echoGuard);
        }
    }

    /**
     * A tool that the model may call.
     *
     * @param kind {@code builtin}: the bridge knows the rest by the name
     * @param name as the model calls it
     * @param description null for a built-in tool's own
     * @param parameters JSON Schema of the arguments; null for a built-in tool's own
     */
    public record Tool(
            String kind,
            String name,
            @Nullable String description,
            @Nullable JsonNode parameters) {}

    /**
     * Where a conversation ends by itself.
     *
     * @param maxDurationSeconds of one call
     * @param silencePromptSeconds without a word of the caller, after the assistant was heard: it asks whether he is there
     * @param silencePrompts how often it asks before it says goodbye and hangs up
     * @param toolCallsPerTurn more are refused
     * @param toolCallsPerCall more are refused
     */
    public record Limits(
            int maxDurationSeconds,
            int silencePromptSeconds,
            int silencePrompts,
            int toolCallsPerTurn,
            int toolCallsPerCall) {}

    /**
     * That calls are recorded, and what makes it lawful.
     *
     * @param ground {@code announced}: the {@link Disclosure}, which is spoken before the first audio flows, says so
     */
    public record Recording(String ground) {
        /** The caller was told before anything was recorded. */
        public static final String ANNOUNCED = "announced";
    }

    /** Whether the caller of this assistant is told of a recording before there is any audio. */
    public boolean announcesRecording() {
        return recording != null && recording.ground().equals(Recording.ANNOUNCED) && disclosure != null;
    }
}
