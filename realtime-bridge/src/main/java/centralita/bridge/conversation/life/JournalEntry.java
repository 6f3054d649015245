package centralita.bridge.conversation.life;

/**
 * What a new model session needs to go on, one thing at a time, oldest first. Nothing here prints its
 * content.
 */
public sealed interface JournalEntry {
    /** The caller's words, or keys. A later entry of the same item replaces an earlier one. @param text empty until it is known */
    record CallerSaid(String itemId, String text) implements JournalEntry {
        @Override
        public String toString() {
            return "CallerSaid[" + itemId + "]";
        }
    }

    /** The assistant's words as far as they were heard. @param heardMs of the item's audio */
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

    /** The bridge before has let go of the call here. @param answerOwed whether the assistant is to speak next */
    record LetGo(boolean answerOwed) implements JournalEntry {}

    /** An entry of a newer bridge. */
    record Unknown() implements JournalEntry {}
}
