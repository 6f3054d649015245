package centralita.simulators.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one run, by number. It is where a caller, the model's voice for it and the two threads meet.
 *
 * <p>Caller and voice are written once by the thread that learns them; what was sent is written by the pacer and read
 * when the pacer has stopped.
 */
final class Cohort {
    private final int firstCall;
    private final LoadPlan plan;
    private final AtomicReferenceArray<LoadCaller> callers;
    private final AtomicReferenceArray<ModelVoice> voices;
    private final SplittableRandom random;
    private final LoadMeter meter;

    Cohort(int firstCall, LoadPlan plan, LoadMeter meter) {
        this.firstCall = firstCall;
        this.plan = plan;
        this.callers = new AtomicReferenceArray<>(plan.calls());
        this.voices = new AtomicReferenceArray<>(plan.calls());
        this.random = new SplittableRandom(plan.seed());
        this.meter = meter;
    }

    LoadPlan plan() {
        return plan;
    }

    LoadMeter meter() {
        return meter;
    }

    /** Number of the call in this slot. */
    int call(int slot) {
        return firstCall + slot;
    }

    void seat(int slot, LoadCaller caller) {
        callers.set(slot, caller);
    }

    /**
     * Gives a call its voice; a second model session for the same call takes over from the first.
     *
     * @return false when the call is none of this cohort's: a session left over from an earlier run, or a mix-up
     */
    boolean voice(int call, ModelVoice voice) {
        int slot = call - firstCall;
        if (slot < 0 || slot >= plan.calls()) {
            return false;
        }
        voices.set(slot, voice);
        return true;
    }

    /** Null while the call has not come in. */
    @Nullable
    LoadCaller caller(int slot) {
        return callers.get(slot);
    }

    /** Null while the model does not know the call. */
    @Nullable
    ModelVoice voice(int slot) {
        return voices.get(slot);
    }

    /** The caller's next frame; on the pacer's thread. */
    void callerBeat(int slot, long nowNanos) {
        LoadCaller caller = callers.get(slot);
        if (caller != null) {
            caller.beat(nowNanos);
        }
    }

    /** The model's next delta; on the pacer's thread. */
    void modelBeat(int slot, long nowNanos) {
        ModelVoice voice = voices.get(slot);
        if (voice != null) {
            voice.beat(nowNanos, callers.get(slot), random);
        }
    }

    /** Frames that a growing list of answers sent. Written by the pacer alone. */
    static final class Sent {
        private int[] frames = new int[16];
        private boolean[] interrupted = new boolean[16];
        private int answers;

        /** @return the sequence number of a frame of this answer that is being sent */
        int next(int answer) {
            if (answer >= frames.length) {
                frames = Arrays.copyOf(frames, answer * 2);
                interrupted = Arrays.copyOf(interrupted, answer * 2);
            }
            answers = Math.max(answers, answer + 1);
            return frames[answer]++;
        }

        void interrupt(int answer) {
            interrupted[answer] = true;
        }

        int[] frames() {
            return Arrays.copyOf(frames, answers);
        }

        boolean[] interrupted() {
            return Arrays.copyOf(interrupted, answers);
        }

        long total() {
            long total = 0;
            for (int i = 0; i < answers; i++) {
                total += frames[i];
            }
            return total;
        }
    }
}
