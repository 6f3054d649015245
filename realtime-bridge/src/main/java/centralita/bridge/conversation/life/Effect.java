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

    /**
     * Leave the model session, if there is one, get another and tell it the history.
     *
     * @param attempt of the same provider, from 1: the later, the longer the pause before it; 0: another one's first
     * @param waitMs at least
     * @param prefer who is asked if he may be; empty: the first in the list
     * @param without who is not asked
     */
    record Reconnect(int attempt, long waitMs, String prefer, List<String> without) implements Effect {}

    /**
     * Find out whether another provider may be asked; if so, {@link Input.AnotherMayAnswer} comes.
     *
     * @param without who is not asked
     */
    record LookElsewhere(List<String> without) implements Effect {}

    /** Leave the model session, which gave no answer in time; a {@link Reconnect} comes next. */
    record Abandon() implements Effect {}

    /**
     * Get a second model session beside the one that serves, and tell it the history so far.
     *
     * @param attempt from 1: the later, the longer the pause before it
     * @param waitMs at least
     * @param prefer who is asked if he may be
     */
    record OpenSuccessor(int attempt, long waitMs, String prefer) implements Effect {}

    /** The second session is told the rest and serves from now on; the one before is closed. */
    record ChangeSession() implements Effect {}

    /** Put words that the caller has heard into the conversation of a session that did not make them. */
    record TellAsAssistant(String text) implements Effect {
        @Override
        public String toString() {
            return "TellAsAssistant[]";
        }
    }

    /**
     * What the caller said, and the session that is left has not written down, is told to the next one as sound.
     *
     * @param itemId its place in what was said
     * @param fromMs on the time line of the session that is left
     * @param toMs on the same
     */
    record Recall(String itemId, long fromMs, long toMs) implements Effect {}

    /**
     * The next model session hears once more what the caller said to the one that is lost, and had not written down.
     *
     * @param fromMs on the time line of that one
     */
    record HearAgain(long fromMs) implements Effect {}

    // Towards the caller.

    /** Audio of this item goes to the caller under this number. */
    record Play(String itemId, int item) implements Effect {}

    /** Audio of these items, also what comes later, is thrown away. */
    record Silence(List<String> itemIds) implements Effect {}

    /** Audio of these items, also what comes later, waits until it is {@link Resume resumed} or {@link Silence silenced}. */
    record Hold(List<String> itemIds) implements Effect {}

    /** What was held of an item plays from here on, and what is still to come of it. @param item its new number */
    record Resume(String itemId, int item, long fromMs) implements Effect {}

    record EndItem(int item) implements Effect {}

    /** Keys sound on the caller's line, behind what plays, as an item of their own. */
    record PlayKeys(String digits, int item) implements Effect {
        @Override
        public String toString() {
            return "PlayKeys[" + item + "]";
        }
    }

    /** Stop playing, forget what waits. */
    record ClearPlayback(int order) implements Effect {}

    /** Let the caller hear that somebody works on his answer, until there is one. */
    record Fill() implements Effect {}

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
