package centralita.simulators.continuity;

import java.util.List;

/**
 * One try to get an answer. Times are milliseconds of {@link System#nanoTime()}.
 *
 * @param tries 1 for the first time that it was asked
 * @param fromMs when the caller began to speak
 * @param toMs when he had spoken
 * @param soundMs from then to the first audio that came, in telephone time; -1 when none did
 * @param numbers that were heard in the answer, in order
 */
public record Asked(
        Question question, int tries, long fromMs, long toMs, long soundMs, Outcome outcome, List<Integer> numbers) {
    /** What came of it. */
    public enum Outcome {
        ANSWERED,
        /** The answer was begun and not ended. */
        CUT,
        /** The model said that it does not know. */
        FORGOTTEN,
        UNANSWERED,
        /** The caller did not wait for the answer: something else had to be said at once. */
        ABANDONED,
        /** The call ended. */
        ENDED
    }
}
