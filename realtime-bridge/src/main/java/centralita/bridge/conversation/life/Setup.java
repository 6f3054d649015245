package centralita.bridge.conversation.life;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation is told once and never changes. All times in milliseconds.
 *
 * @param bridgeId who serves it
 * @param care how the model's sessions are kept
 * @param voice the assistant's voice
 * @param persona the assistant's instructions; repeated wherever a response gets instructions of its own, because those
 *     replace the session's (openai-realtime 6.1)
 * @param greeting the order for the first words; null: the assistant waits for the caller
 * @param language BCP 47, for the lines that the model is told to say
 * @param limits where the conversation ends by itself
 * @param patience how long the conversation waits for others
 * @param resume whether an earlier bridge served this call: go on from the journal, do not greet
 * @param tools names of the assistant's tools: only these are told in events without personal data, because a name that
 *     the model makes up may be anything
 * @param resumesInterruptions whether the assistant goes on after a cough or an "mm-hm"; the model then neither interrupts
 *     nor answers by itself
 * @param lastedMs how long the call had lasted with other bridges when this one was told of it; 0: it begins here, or
 *     nobody says
 */
public record Setup(
        String bridgeId,
        ModelCare care,
        String voice,
        String persona,
        @Nullable String greeting,
        String language,
        Limits limits,
        Patience patience,
        boolean resume,
        Set<String> tools,
        boolean resumesInterruptions,
        long lastedMs) {
    /** Where whatever sounds like speech interrupts the assistant. */
    public Setup(
            String bridgeId,
            ModelCare care,
            String voice,
            String persona,
            @Nullable String greeting,
            String language,
            Limits limits,
            Patience patience,
            boolean resume,
            Set<String> tools) {
        this(bridgeId, care, voice, persona, greeting, language, limits, patience, resume, tools, false, 0);
    }

    /**
     * @param maxDurationMs of the conversation, from the first attach; of a call that another bridge had, from when it came in
     * @param silencePromptMs of quiet after the assistant was heard; 0 turns it off
     * @param silencePrompts how often the assistant asks before it says goodbye
     * @param toolCallsPerTurn more are refused
     * @param toolCallsPerCall more are refused, whichever bridge began them
     * @param tokens that the call may use, whichever bridges serve it, before the assistant says goodbye; 0 for no limit
     */
    public record Limits(
            long maxDurationMs,
            long silencePromptMs,
            int silencePrompts,
            int toolCallsPerTurn,
            int toolCallsPerCall,
            long tokens) {}

    /**
     * @param attachMs from the order to prepare to the caller's stream
     * @param reattachMs from a lost stream to the next one
     * @param digitsMs from one key to the next of the same input
     * @param answerMs for the model to begin a response that it owes
     * @param clearedMs for the gateway to say what was heard when playback was stopped
     * @param farewellMs for the last words to be said and heard, and for the call to end after that
     * @param responseRetries tries to get one response
     */
    public record Patience(
            long attachMs,
            long reattachMs,
            long digitsMs,
            long answerMs,
            long clearedMs,
            long farewellMs,
            int responseRetries) {
        public static final Patience USUAL = new Patience(60_000, 30_000, 1_500, 10_000, 1_000, 30_000, 3);
    }

    /**
     * @param tries of one provider to give a session again, before a response was completed
     * @param withinMs after which the next provider is asked, however many tries are left
     * @param rotationMarginMs so long before its end a session is replaced
     * @param longestSessionMs after which a session is replaced, whatever its own limit; 0: only by its own
     * @param fillerMs a caller who waits for words so long hears that somebody works
     * @param elsewhereMs when one session gives no audio for so long, another provider is asked if one may be
     * @param offerMs a caller who waits for words so long is not left to the model any more
     */
    public record ModelCare(
            int tries,
            long withinMs,
            long rotationMarginMs,
            long longestSessionMs,
            long fillerMs,
            long elsewhereMs,
            long offerMs) {
        public static final ModelCare USUAL = new ModelCare(3, 5_000, 300_000, 3_600_000, 2_000, 4_500, 8_000);
    }
}
