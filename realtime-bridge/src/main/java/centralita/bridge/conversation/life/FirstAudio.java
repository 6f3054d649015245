package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.ModelLink.Wait;

/**
 * The caller waits for words that are owed to him, and hears nothing: after a while a sound tells him that somebody works
 * on it, and after a longer while he is taken from the model, to a person or to a message and a callback (F-O3).
 */
final class FirstAudio {
    private FirstAudio() {}

    static void tick(Step step) {
        var wait = step.model.silence();
        if (wait.sinceMs() < 0) {
            return;
        }
        var care = step.setup.care();
        var waitedMs = step.nowMs - wait.sinceMs();
        // A function that takes long has a time limit of its own, and the model is not to blame.
        if (waitedMs >= care.offerMs() && step.tools.pending().isEmpty()) {
            Recovery.giveUp(step);
        } else if (!wait.filled() && waitedMs >= care.fillerMs()) {
            step.model = step.model.with(new Wait(wait.sinceMs(), true));
            step.then(new Effect.Fill());
        }
    }

    /** Begins to count when words are owed and none are heard; comes after every input. */
    static void watch(Step step) {
        var floor = step.floor;
        var owed = floor.owedSinceMs() >= 0
                || floor.asked() != null
                || floor.running() != null
                || !floor.waiting().isEmpty()
                || !step.tools.pending().isEmpty()
                || !step.model.ready();
        var waits = owed
                && counts(step)
                && !floor.callerSpeaking()
                && step.playback.audible().isEmpty();
        if (!waits) {
            step.model = step.model.with(Wait.NONE);
        } else if (step.model.silence().sinceMs() < 0) {
            step.model = step.model.with(new Wait(step.nowMs, false));
        }
    }

    /** Whether there is a caller whose waiting is counted. */
    static boolean counts(Step step) {
        return step.stage instanceof Stage.Talking && step.line.here();
    }
}
