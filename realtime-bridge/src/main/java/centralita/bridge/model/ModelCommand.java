package centralita.bridge.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a model session is told. Texts are personal data: nothing here prints them. */
public sealed interface ModelCommand {
    /** Make a response. @param instructions in place of the session's; null: the session's */
    record Ask(String eventId, @Nullable String instructions) implements ModelCommand {
        @Override
        public String toString() {
            return "Ask[" + eventId + "]";
        }
    }

    enum Role {
        CALLER,
        ASSISTANT,
        SYSTEM
    }

    /** Put a text into the conversation. */
    record Tell(Role role, String text) implements ModelCommand {
        @Override
        public String toString() {
            return "Tell[" + role + "]";
        }
    }

    /** Put what the caller said into the conversation as it sounded. @param mulaw 8 kHz, not copied */
    record LetHear(byte[] mulaw) implements ModelCommand {
        @Override
        public boolean equals(Object other) {
            return other instanceof LetHear(var theirs) && Arrays.equals(mulaw, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(mulaw);
        }

        @Override
        public String toString() {
            return "LetHear[" + mulaw.length + " bytes]";
        }
    }

    /** Put a call of a function into the conversation that another session has made. */
    record RecallTool(String toolCallId, String name, String arguments) implements ModelCommand {
        @Override
        public String toString() {
            return "RecallTool[" + name + "]";
        }
    }

    record AnswerTool(String toolCallId, String output) implements ModelCommand {
        @Override
        public String toString() {
            return "AnswerTool[" + toolCallId + "]";
        }
    }

    /** Forget what comes after. */
    record Truncate(String itemId, long audioEndMs) implements ModelCommand {}

    record Delete(String itemId) implements ModelCommand {}

    record Cancel(String responseId) implements ModelCommand {}
}
