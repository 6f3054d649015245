package centralita.bridge.conversation.life;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.StreamQuality;
import centralita.contracts.call.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a conversation. {@code atMs} is a clock that never runs backwards, the same for all. */
public sealed interface Input {
    long atMs();

    /** Time has passed; comes a few times a second and changes nothing when nothing is due. */
    record Tick(long atMs) implements Input {}

    // The caller's side.

    /** A stream of the caller is bound. @param stream 1 for the first */
    record Attached(long atMs, int stream, long epoch) implements Input {}

    /** The caller's stream is over. */
    record Detached(long atMs, LineEnd how) implements Input {}

    /** How a caller's stream ends. */
    enum LineEnd {
        /** The call is over. */
        STOPPED,
        /** It may come back; how far he had heard was told before. */
        LOST,
        /** It may come back, and nobody has told anything. */
        BROKEN
    }

    /** What the gateway measured of a stream that is over now; comes before its {@link Detached}. */
    record StreamMeasured(long atMs, StreamQuality quality) implements Input {}

    /** How far an item was heard. @param item its number @param toItsEnd whether nothing of it is left to hear */
    record Heard(long atMs, int item, long heardMs, boolean toItsEnd) implements Input {}

    /**
     * Playback has stopped by our order.
     *
     * @param items what was not heard to its end
     * @param reactionMs from the model's word of speech to the moment that the order was written
     */
    record Cleared(long atMs, int order, List<HeardItem> items, long reactionMs) implements Input {}

    /** @param item number @param heardMs 0 when it had not begun */
    record HeardItem(int item, long heardMs) {}

    /** The caller pressed a key. */
    record Digit(long atMs, char digit) implements Input {}

    // The model's side.

    /**
     * A model session is configured, or has taken over from another.
     *
     * @param replayed whether the history of an earlier one was told to it
     * @param callerWaits whether the last thing in that history is the caller's
     */
    record ModelReady(long atMs, ModelSession session, boolean replayed, boolean callerWaits) implements Input {}

    /**
     * The model session is gone or was never had.
     *
     * @param retryable whether another try may help
     * @param provider whose it was; empty: no provider could be asked
     * @param retryAfterMs how long the provider asks us to wait; 0: it does not say
     */
    record ModelClosed(long atMs, boolean retryable, String why, String provider, long retryAfterMs) implements Input {}

    /** The session that is to replace the current one is configured and knows the history so far. */
    record SuccessorReady(long atMs) implements Input {}

    /** The session that is to replace the current one is gone or was never had. @see ModelClosed */
    record SuccessorLost(long atMs, boolean retryable, String provider, long retryAfterMs) implements Input {}

    /** The model complains. @param causedBy our id of the event that it complains of; null when it does not say */
    record ModelComplained(
            long atMs,
            ErrorKind kind,
            String code,
            @Nullable String causedBy) implements Input {}

    /** The caller speaks. @param audioStartMs on the model's own time line */
    record SpeechStarted(long atMs, String itemId, long audioStartMs) implements Input {}

    /** @param audioEndMs on the model's own time line @param until the same moment on the caller's; null when nobody knows */
    record SpeechStopped(
            long atMs,
            String itemId,
            long audioEndMs,
            @Nullable StreamTime until) implements Input {
        public SpeechStopped(long atMs, String itemId, long audioEndMs) {
            this(atMs, itemId, audioEndMs, null);
        }
    }

    /** The caller's words are an item of the conversation. */
    record SpeechCommitted(long atMs, String itemId) implements Input {}

    /** What the caller said. @param text null when it could not be transcribed */
    record CallerTranscribed(
            long atMs, String itemId, @Nullable String text) implements Input {}

    record ResponseCreated(long atMs, String responseId) implements Input {}

    /** An assistant's message begins; it has no audio yet. */
    record ItemAdded(long atMs, String responseId, String itemId) implements Input {}

    /** The first audio of an item. */
    record AudioStarted(long atMs, String responseId, String itemId) implements Input {}

    /**
     * What is known of an item by now; told before any input for which it may matter.
     *
     * @param madeMs all audio that the model has made of it, rounded down
     * @param text all text of it
     */
    record ItemGrew(long atMs, String itemId, long madeMs, String text) implements Input {}

    /** The item has all its audio. */
    record AudioEnded(long atMs, String itemId) implements Input {}

    /** The item has all its text. */
    record TextEnded(long atMs, String itemId, String text) implements Input {}

    /**
     * A response is over; its audio may play for long after it.
     *
     * @param failure why it failed; null when it did not
     * @param calls functions that the model wants called; empty unless completed
     */
    record ResponseDone(
            long atMs,
            String responseId,
            Status status,
            @Nullable Failure failure,
            List<FunctionCall> calls,
            String model,
            @Nullable Tokens usage)
            implements Input {}

    enum Status {
        COMPLETED,
        CANCELLED,
        INCOMPLETE,
        FAILED
    }

    record Failure(ErrorKind kind, String code) {}

    /** @param arguments JSON text as the model wrote it, perhaps no JSON */
    record FunctionCall(String toolCallId, String name, String arguments) {
        @Override
        public String toString() {
            return "FunctionCall[" + name + "]";
        }
    }

    /** Whose matter an error is (openai-realtime 1.4). */
    enum ErrorKind {
        /** A race that the protocol cannot avoid; nothing is wrong. */
        BENIGN,
        /** A response was asked for while another runs: ask again when that is done. */
        BUSY,
        /** May work in a moment. */
        RETRY,
        /** Will not work again: account, key, model. */
        FATAL,
        /** We sent something wrong. */
        OURS
    }

    // Our own side.

    /** A tool has answered. @param outcome {@code ok}, {@code failed}, {@code refused} */
    record ToolFinished(long atMs, String toolCallId, String outcome, String output, long durationMs) implements Input {
        @Override
        public String toString() {
            return "ToolFinished[" + toolCallId + ", " + outcome + "]";
        }
    }

    /** The assistant presses keys. @param digits checked; they may be a secret */
    record DigitsWanted(long atMs, String digits) implements Input {
        @Override
        public String toString() {
            return "DigitsWanted[]";
        }
    }

    /** Somebody wants the call to end. */
    record HangUpRequested(long atMs, EndReason reason) implements Input {}

    /** The model session, which was opened for a call of another bridge, was told the history. @param callerWaits whether an answer is owed */
    record HistoryTold(long atMs, boolean callerWaits) implements Input {}

    /**
     * What an earlier bridge had the assistant say and had not finished. Comes before {@link Attached}.
     *
     * @param said as the journal has it, oldest first
     * @param playout what the gateway knows of it; null when it knows nothing: the stream is a new one
     * @param callerSpokeAfter whether the history has words of the caller after it
     * @param historyTold whether the model session was told the history; else it will be
     */
    record AnswersLeft(
            long atMs,
            List<JournalEntry.AssistantSpeaks> said,
            @Nullable Playout playout,
            boolean callerSpokeAfter,
            boolean historyTold)
            implements Input {}

    /** @param lastItem the highest item number that the gateway has heard of */
    record Playout(int lastItem, List<PlayedItem> items) {
        @Nullable
        PlayedItem of(int number) {
            for (var item : items) {
                if (item.number() == number) {
                    return item;
                }
            }
            return null;
        }
    }

    /** @param leftMs to be heard unless it is stopped @param complete whether the gateway has all its audio */
    record PlayedItem(int number, long heardMs, long leftMs, boolean complete) {
        /** The gateway has more to say of it meanwhile. */
        public PlayedItem heard(long byNowMs, boolean toItsEnd) {
            var allMs = heardMs + leftMs;
            var nowMs = toItsEnd ? allMs : Math.min(byNowMs, allMs);
            return new PlayedItem(number, nowMs, allMs - nowMs, complete);
        }
    }

    /** What the call used with earlier bridges; once, before anything is used here. */
    record UsedBefore(long atMs, JournalEntry.Used used) implements Input {}

    /** Tools that an earlier bridge has begun to run and never answered. */
    record ToolsLeft(long atMs, List<FunctionCall> calls) implements Input {}

    /**
     * Another bridge waits to take the call over.
     *
     * @param withinMs when no turn boundary comes, it is let go in mid-turn; below 0: nobody waits any more
     */
    record HandOverRequested(long atMs, long withinMs) implements Input {}

    /** @param order of {@link Effect.CompleteJournal} @param kept false when the journal cannot be reached */
    record JournalComplete(long atMs, int order, boolean kept) implements Input {}

    /** There is a provider that may answer in place of the one that keeps silent. */
    record AnotherMayAnswer(long atMs) implements Input {}

    /** Another bridge owns the call. */
    record Superseded(long atMs) implements Input {}
}
