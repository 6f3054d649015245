package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.ModelLink.Wait;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller waits for words that are owed to him, and hears nothing: after a while a sound tells him that somebody works
 * on it, then another provider is asked if there is one, and after a longer while he is taken from the model, to a person or
 * to a message and a callback (F-O3).
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
            return;
        }
        if (!wait.filled() && waitedMs >= care.fillerMs()) {
            step.model = step.model.with(wait.asFilled());
            step.then(new Effect.Fill());
        }
        lookElsewhere(step);
    }

    /** Of this session no audio comes; a caller who waits for the next provider from now on may still have his answer. */
    private static void lookElsewhere(Step step) {
        var wait = step.model.silence();
        var due = wait.onModelMs() >= 0
                && step.nowMs - wait.onModelMs() >= step.setup.care().elsewhereMs();
        if (due && !wait.lookedElsewhere() && !throwsAway(step)) {
            step.model = step.model.with(wait.asLookedElsewhere());
            var without = new ArrayList<>(step.model.supply().givenUp());
            without.add(step.model.current().provider());
            step.then(new Effect.LookElsewhere(List.copyOf(without)));
        }
    }

    /** The model speaks all the time, only not to the caller: what it says was cut off, and it has not come to its end. */
    private static boolean throwsAway(Step step) {
        var running = step.floor.running();
        return running != null && step.playback.silences(running.responseId());
    }

    /** Somebody else may answer: what this session owes is a lost answer. */
    static void anotherMayAnswer(Step step) {
        if (step.model.silence().lookedElsewhere()) {
            Recovery.leaveUnanswered(step);
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
            return;
        }
        var before = step.model.silence();
        var wait = before.sinceMs() < 0 ? Wait.from(step.nowMs) : before;
        // While a function runs the model has nothing to say.
        var onModel = step.model.ready() && step.tools.pending().isEmpty();
        if (!onModel) {
            wait = wait.notOnModel();
        } else if (wait.onModelMs() < 0) {
            wait = wait.onModel(step.nowMs);
        }
        step.model = step.model.with(wait);
    }

    /** Whether there is a caller whose waiting is counted. */
    static boolean counts(Step step) {
        return step.stage instanceof Stage.Talking && step.line.here();
    }
}
