package centralita.simulators.continuity;

import java.util.List;

/**
 * One try to get an answer, made of what was said to its end. Times are milliseconds of {@link System#nanoTime()}.
 *
 * @param tries 1 for the first time that it was asked
 * @param fromMs when the caller began to speak
 * @param toMs when he had spoken
 * @param saidMs how long that took, in telephone time; 0 when nothing had to be said
 * @param sentMs of it, what went into an open media stream
 * @param soundMs from then to the first audio that came, in telephone time; -1 when none did
 * @param silentMs the longest time in which he heard nothing while he waited, in telephone time
 * @param numbers that were heard in the answer, in order
 */
public record Asked(
        Question question,
        int tries,
        long fromMs,
        long toMs,
        long saidMs,
        long sentMs,
        long soundMs,
        long silentMs,
        Outcome outcome,
        List<Integer> numbers) {
    /**
     * So much may be missing of what was said, wherever it is missing: what is left of any caller's clip is taken for
     * speech and recognized by the model stand-in ({@code AskedTest}), so an answer is owed. With more missing that is a
     * matter of luck, here and with a real model.
     */
    static final int DISPENSABLE_MS = 300;

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

    /** How much of it no server can have heard, because there was no stream to send it into. */
    public long unsentMs() {
        return saidMs - sentMs;
    }

    /** Whether enough of it went into a stream to be answered. */
    public boolean answerable() {
        return unsentMs() <= DISPENSABLE_MS;
    }
}
