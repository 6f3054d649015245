package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Keys;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.contracts.transcript.TranscriptFact;

/**
 * Keys of a telephone. The caller's are gathered while they come quickly, then told to the model as one; the assistant's
 * are played on the line.
 */
final class KeyPresses {
    private static final int MOST = 32;

    private KeyPresses() {}

    static void pressed(Step step, Input.Digit input) {
        step.silencePrompts = 0;
        step.keys = new Keys(step.keys.digits() + input.digit(), input.atMs());
        if (input.digit() == '#' || step.keys.digits().length() >= MOST) {
            tell(step, true);
        }
    }

    static void tick(Step step) {
        if (!step.keys.digits().isEmpty()
                && step.nowMs - step.keys.lastMs() >= step.setup.patience().digitsMs()) {
            tell(step, true);
        }
    }

    /** Keys of the assistant. Nobody is left to hear them when the caller is gone or the last words are said. */
    static void wanted(Step step, Input.DigitsWanted input) {
        if (step.line.here() && !step.saidGoodbye()) {
            step.playback = step.playback.numbered();
            step.then(new Effect.PlayKeys(input.digits(), step.playback.lastNumber()));
        }
    }

    /** @param answer whether the model is to answer them */
    static void tell(Step step, boolean answer) {
        var digits = step.keys.digits();
        if (digits.isEmpty()) {
            return;
        }
        step.keys = Keys.NONE;
        step.then(new Effect.Transcribe(new TranscriptFact.Digits(digits, step.sinceStartMs())));
        step.then(new Effect.Remember(new JournalEntry.CallerSaid("keys_" + step.sinceStartMs(), Lines.keys(digits))));
        if (answer) {
            if (step.model.ready()) {
                step.then(new Effect.TellAsCaller(Lines.keys(digits)));
            }
            step.floor = step.floor.want(Ask.of(Trigger.DIGITS, null));
        }
    }
}
