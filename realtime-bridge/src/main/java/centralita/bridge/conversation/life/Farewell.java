package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Line;
import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import org.jspecify.annotations.Nullable;

/** How a conversation ends: last words, if there are any, then the hang-up, then exactly one end. */
final class Farewell {
    private Farewell() {}

    /** @param words what the assistant is to say before; null when there is nothing to say or nobody to say it */
    static void leave(Step step, EndReason reason, @Nullable Ask words) {
        switch (step.stage) {
            case Stage.Waiting _ -> over(step, reason);
            case Stage.Leaving _, Stage.Over _ -> {}
            case Stage.Talking _ -> {
                step.stage = leaving(step, reason, false);
                if (words != null && step.model.ready()) {
                    step.floor = step.floor.want(words);
                } else {
                    said(step);
                }
            }
        }
    }

    /** The last words are made: the call ends when they are heard. While the caller's line is lost they are not. */
    static void said(Step step) {
        if (step.stage instanceof Stage.Leaving leaving && !leaving.hangUpSent()) {
            if (!step.line.here()) {
                sayAgain(step, leaving.reason());
                return;
            }
            step.stage = leaving(step, leaving.reason(), true);
            step.then(new Effect.HangUp(leaving.reason(), true));
        }
    }

    /** The caller is back on another line, and whoever was told to hang up had the old one. @param cut whether he missed words */
    static void back(Step step, Stage.Leaving leaving, boolean cut) {
        step.stage = leaving(step, leaving.reason(), false);
        if (cut && !step.floor.farewellToCome()) {
            sayAgain(step, leaving.reason());
        }
        if (!step.floor.owesFarewell() || step.model.failed()) {
            said(step);
        }
    }

    private static void sayAgain(Step step, EndReason reason) {
        step.stage = leaving(step, reason, false);
        if (step.model.ready()) {
            step.floor = step.floor.want(goodbye(step));
        }
    }

    static Ask goodbye(Step step) {
        return new Ask(Trigger.TOOL, Lines.goodbye(step.setup), true, 0, 0);
    }

    private static Stage.Leaving leaving(Step step, EndReason reason, boolean hangUpSent) {
        return new Stage.Leaving(reason, step.nowMs + step.setup.patience().farewellMs(), hangUpSent);
    }

    /** What was to happen after the last words has not happened: no more waiting. */
    static void tick(Step step) {
        if (!(step.stage instanceof Stage.Leaving(var reason, var untilMs, var sent)) || step.nowMs < untilMs) {
            return;
        }
        if (sent) {
            step.then(new Effect.HangUp(reason, false));
            over(step, reason);
        } else {
            said(step);
        }
    }

    static void over(Step step, EndReason reason) {
        KeyPresses.tell(step, false);
        Hearing.closeAllTurns(step);
        step.line = new Line(false, -1, false, step.line.epoch());
        // Who only stood ready never had the conversation.
        if (!(step.stage instanceof Stage.Waiting waiting && waiting.warm())) {
            step.then(new Effect.Publish(new CallFact.ConversationEnded(
                    reason,
                    step.tally.turns(),
                    step.tally.bargeIns(),
                    step.tally.toolCalls(),
                    step.sinceStartMs(),
                    step.line.epoch(),
                    step.sound.quality(step.nowMs))));
        }
        step.stage = new Stage.Over(reason);
        step.floor = Floor.FREE;
        step.then(new Effect.LetGo(reason));
    }
}
