package centralita.bridge.conversation.life;

import org.jspecify.annotations.Nullable;

/**
 * What a new model session needs to go on, one thing at a time, oldest first. Nothing here prints its
 * content.
 */
public sealed interface JournalEntry {
    /**
     * The caller's words, or keys. A later entry of the same item replaces an earlier one.
     *
     * @param text empty until it is known
     * @param until where in his stream they ended; null when nobody knows
     */
    record CallerSaid(String itemId, String text, @Nullable StreamTime until) implements JournalEntry {
        public CallerSaid(String itemId, String text) {
            this(itemId, text, null);
        }

        @Override
        public String toString() {
            return "CallerSaid[" + itemId + "]";
        }
    }

    /**
     * What the assistant is just saying; written from time to time, until {@link AssistantSaid} tells how it ended. Whoever
     * takes the call over finds here what the caller was hearing, and is told by the gateway how far he came.
     *
     * @param text all that is known of it, heard or not
     * @param number by which the gateway knows its audio
     * @param startMs since the conversation's start
     * @param baseMs how much of it was heard before it got this number
     * @param madeMs all audio that the model had made of it
     * @param heardMs of the whole item
     * @param complete whether that was all that it makes
     */
    record AssistantSpeaks(
            String itemId,
            String text,
            int number,
            int turn,
            long startMs,
            long baseMs,
            long madeMs,
            long heardMs,
            boolean complete)
            implements JournalEntry {
        @Override
        public String toString() {
            return "AssistantSpeaks[" + itemId + ", heardMs=" + heardMs + "]";
        }
    }

    /** The assistant's words as far as they were heard; empty when nothing was. @param heardMs of the item's audio */
    record AssistantSaid(String itemId, String text, long heardMs, boolean interrupted) implements JournalEntry {
        @Override
        public String toString() {
            return "AssistantSaid[" + itemId + ", heardMs=" + heardMs + "]";
        }
    }

    /** A tool is about to be run. When no answer follows, whoever takes the call over runs it, once. */
    record ToolBegun(String toolCallId, String tool, String arguments) implements JournalEntry {
        @Override
        public String toString() {
            return "ToolBegun[" + tool + "]";
        }
    }

    /** A tool's call and its answer, never to be run again. */
    record ToolAnswered(String toolCallId, String tool, String arguments, String output) implements JournalEntry {
        @Override
        public String toString() {
            return "ToolAnswered[" + tool + "]";
        }
    }

    /**
     * What the call has used so far, with all its bridges; a later one replaces an earlier one. Without it a call that
     * changes bridges would have no limits (TH-11, F-O8).
     *
     * @param toolCalls that were begun
     * @param tokens of all kinds
     */
    record Used(int toolCalls, long tokens) implements JournalEntry {
        public static final Used NOTHING = new Used(0, 0);
    }

    /** The bridge before has let go of the call here. @param answerOwed whether the assistant is to speak next */
    record LetGo(boolean answerOwed) implements JournalEntry {}

    /** An entry of a newer bridge. */
    record Unknown() implements JournalEntry {}
}
