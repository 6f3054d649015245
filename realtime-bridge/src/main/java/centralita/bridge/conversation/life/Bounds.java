package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.contracts.call.EndReason;

/** A conversation does not last for ever, and nobody waits in silence. */
final class Bounds {
    private Bounds() {}

    static void tick(Step step) {
        if (!(step.stage instanceof Stage.Talking)) {
            return;
        }
        var limits = step.setup.limits();
        if (lastedMs(step) >= limits.maxDurationMs()) {
            Farewell.leave(step, EndReason.DURATION_LIMIT, farewell(Lines.goodbyeForDuration(step.setup)));
            return;
        }
        if (limits.tokens() > 0 && step.tally.ofTheCall().tokens() >= limits.tokens()) {
            Farewell.leave(step, EndReason.BUDGET_LIMIT, farewell(Lines.goodbyeForDuration(step.setup)));
            return;
        }
        watchTheQuiet(step);
        var due = limits.silencePromptMs() > 0
                && step.quietSinceMs >= 0
                && step.nowMs - step.quietSinceMs >= limits.silencePromptMs();
        if (!due) {
            return;
        }
        if (step.silencePrompts < limits.silencePrompts()) {
            step.silencePrompts++;
            step.floor = step.floor.want(Ask.of(Trigger.SILENCE, Lines.areYouThere(step.setup)));
        } else {
            Farewell.leave(step, EndReason.SILENCE_LIMIT, farewell(Lines.goodbyeForSilence(step.setup)));
        }
    }

    /** A call that came from another bridge brings the time that it had there (TH-11). */
    private static long lastedMs(Step step) {
        var beforeMs = step.setup.lastedMs();
        return beforeMs > 0 ? beforeMs + step.nowMs - step.preparedMs : step.sinceStartMs();
    }

    /** Whoever has the call next goes on counting. */
    static void note(Step step) {
        step.then(new Effect.Remember(step.tally.ofTheCall()));
    }

    /** It is quiet when nobody speaks, is heard, works or is about to. */
    static void watchTheQuiet(Step step) {
        var quiet = step.stage instanceof Stage.Talking
                && step.line.here()
                && step.model.ready()
                && step.floor.quiet()
                && step.playback.items().isEmpty()
                && step.tools.pending().isEmpty()
                && step.keys.digits().isEmpty();
        if (!quiet) {
            step.quietSinceMs = -1;
        } else if (step.quietSinceMs < 0) {
            step.quietSinceMs = step.nowMs;
        }
    }

    private static Ask farewell(String words) {
        return new Ask(Trigger.LIMIT, words, true, 0, 0);
    }
}
