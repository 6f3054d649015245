package centralita.simulators.continuity;

import org.jspecify.annotations.Nullable;

/** What a caller wants to hear, and what he says to get it. Names of recorded clips. */
public enum Question {
    /** The assistant speaks first. */
    GREETING(null, "greeting", 0.6),
    /** Makes the model call a tool. */
    TIME("what-time", "minutes", 0.8),
    CHAT("hello", "happy-to-help", 0.6),
    /** A long answer, most of which is not waited for. */
    HOURS("opening-hours", "long-answer", 0.1),
    /** Said into the long answer. */
    STOP("stop-wait", "stopping", 0.6),
    CODE_WORD("code-word-is", "code-word-noted", 0.6),
    WORD_AGAIN("what-code-word", "code-word-was", 0.6),
    /** Of the tool's result, which only the conversation's memory knows. */
    TIME_AGAIN("what-time-again", "minutes", 0.8),
    GOODBYE("thank-you-goodbye", "goodbye", 0.6);

    private final @Nullable String said;
    private final String answer;
    private final double enough;

    Question(@Nullable String said, String answer, double enough) {
        this.said = said;
        this.answer = answer;
        this.enough = enough;
    }

    /** Null when nothing is said. */
    @Nullable
    String said() {
        return said;
    }

    /** The clip that ends the answer. */
    String answer() {
        return answer;
    }

    /** Share of the answer's clip that must have been heard. */
    double enough() {
        return enough;
    }

    /** The clip that says that the model does not know; null when it cannot. */
    @Nullable
    String unknown() {
        return switch (this) {
            case WORD_AGAIN -> "code-word-unknown";
            case TIME_AGAIN -> "time-unknown";
            case TIME -> "tool-failed";
            default -> null;
        };
    }

    /** Whether one does not wait for silence to say it. */
    boolean interrupts() {
        return this == STOP;
    }
}
