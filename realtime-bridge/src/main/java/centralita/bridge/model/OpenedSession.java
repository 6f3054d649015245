package centralita.bridge.model;

import org.jspecify.annotations.Nullable;

/**
 * A configured session.
 *
 * @param sessionId the model's own id
 * @param model whose answers are billed
 * @param transcription which writes down what the caller says, and is billed for it; null: nobody does
 * @param lifeMs how long it may last from now; 0: nobody says
 */
public record OpenedSession(
        String sessionId,
        String provider,
        String model,
        @Nullable String transcription,
        long lifeMs) {}
