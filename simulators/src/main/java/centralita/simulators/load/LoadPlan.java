package centralita.simulators.load;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What one run of the load does.
 *
 * @param calls at once, from 1
 * @param callsPerSecond how fast they phone in
 * @param warmUp all calls speak, nothing is measured: compilers and buffers settle
 * @param window all calls speak, everything is measured
 * @param speech how the model speaks
 * @param seed for what is random: the moments of barge-in
 */
public record LoadPlan(int calls, double callsPerSecond, Duration warmUp, Duration window, Speech speech, long seed) {
    /** Calls, one per 50 ms, are one webhook per 50 ms: what the promise about webhooks is made for. */
    public static final double DEFAULT_CALLS_PER_SECOND = 20;

    public LoadPlan {
        if (calls < 1 || calls > 20_000) {
            throw new IllegalArgumentException("calls must be 1 to 20000");
        }
        if (callsPerSecond <= 0) {
            throw new IllegalArgumentException("calls per second must be above 0");
        }
    }

    /**
     * How the model speaks: answers in real time, between them the caller's turn.
     *
     * @param deltaMs audio per event, a multiple of 20
     * @param answerMs length of an answer
     * @param leadMs how much of an answer comes at once, so that the caller's playback has something in hand
     * @param callerMs length of the caller's turn between two answers
     * @param bargeInAfterMs when set, callers interrupt answers at a random moment after so much of it
     */
    public record Speech(int deltaMs, int answerMs, int leadMs, int callerMs, OptionalLong bargeInAfterMs) {
        public Speech {
            if (deltaMs < FrameStamp.FRAME_MS || deltaMs % FrameStamp.FRAME_MS != 0 || deltaMs > 1000) {
                throw new IllegalArgumentException("delta must be a multiple of 20 ms, at most 1000");
            }
            if (answerMs < deltaMs) {
                throw new IllegalArgumentException("an answer must be at least one delta long");
            }
            if (leadMs < 0 || callerMs < 0) {
                throw new IllegalArgumentException("lead and caller's turn cannot be negative");
            }
        }

        /** Deltas of 40 ms, answers of 8 s, 100 ms in hand, half a second for the caller, nobody interrupts. */
        public static Speech usual() {
            return new Speech(40, 8_000, 100, 500, OptionalLong.empty());
        }
    }
}
