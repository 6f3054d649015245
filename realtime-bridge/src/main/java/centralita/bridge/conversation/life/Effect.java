package centralita.bridge.conversation.life;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.transcript.TranscriptFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done about an input, in this order. */
public sealed interface Effect {
    // Towards the model.

    /**
     * Ask the model for a response.
     *
     * @param eventId ours; a complaint of the model about it names it
     * @param instructions in place of the session's; null: the session's
     */
    record Ask(String eventId, @Nullable String instructions) implements Effect {}

    /** Put words into the conversation in the caller's name. */
    record TellAsCaller(String text) implements Effect {
        @Override
        public String toString() {
            return "TellAsCaller[]";
        }
    }

    /** @param unheardOf the call itself, when this model session was never told of it; else null */
    record AnswerTool(String toolCallId, String output, Input.@Nullable FunctionCall unheardOf) implements Effect {
        @Override
        public String toString() {
            return "AnswerTool[" + toolCallId + "]";
        }
    }

    /** Stop a response that talks over the caller. */
    record Cancel(String responseId) implements Effect {}

    /** Make the model forget what was not heard. @param audioEndMs never more than it has made */
    record Truncate(String itemId, long audioEndMs) implements Effect {}

    /** Make the model forget an item that never had audio. */
    record Delete(String itemId) implements Effect {}

    /** Get a new model session and tell it the history. @param attempt from 1 */
    record Reconnect(int attempt) implements Effect {}

    // Towards the caller.

    /** Audio of this item goes to the caller under this number. */
    record Play(String itemId, int item) implements Effect {}

    /** Audio of these items, also what comes later, is thrown away. */
    record Silence(List<String> itemIds) implements Effect {}

    record EndItem(int item) implements Effect {}

    /** Stop playing, forget what waits. */
    record ClearPlayback(int order) implements Effect {}

    record HangUp(EndReason reason, boolean afterPlayout) implements Effect {}

    // Towards the house.

    record RunTool(String toolCallId, String name, String arguments) implements Effect {
        @Override
        public String toString() {
            return "RunTool[" + toolCallId + ", " + name + "]";
        }
    }

    record Remember(JournalEntry entry) implements Effect {}

    /** Tell when all that was remembered is where another bridge finds it. */
    record CompleteJournal(int order) implements Effect {}

    /** Another bridge may have the call. @param replayMs of the caller's last audio that it is to hear again */
    record Release(long replayMs) implements Effect {}

    record Publish(CallFact fact) implements Effect {}

    record Transcribe(TranscriptFact fact) implements Effect {}

    /** The conversation is over: close the model session, forget the call. The last effect of all. */
    record LetGo(EndReason reason) implements Effect {}
}
