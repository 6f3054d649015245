package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.ModelLink.Outage;
import centralita.bridge.conversation.life.ModelLink.Successor;

/**
 * A model session does not last as long as a call may. Before its end another one is opened and told the history; at the
 * next turn boundary the conversation goes on with that one, and nobody hears it (openai-realtime 6.4, F-O4).
 */
final class Rotation {
    /** How long the text of the caller's last words may come after the last answer was heard. */
    private static final long TRANSCRIPT_MS = 2_000;

    private Rotation() {}

    static void tick(Step step) {
        var model = step.model;
        if (!model.ready() || step.saidGoodbye()) {
            return;
        }
        if (model.successor() instanceof Successor.None
                && step.nowMs >= model.term().warmFromMs()) {
            open(step, 1, 0);
        } else if (model.successor() instanceof Successor.Warm
                && step.nowMs >= model.term().endMs()) {
            // No boundary came: as on a lost session, what is said now is begun again in the next one.
            Recovery.leaveSession(step, false);
            change(step, false);
        }
    }

    static void ready(Step step, Input.SuccessorReady input) {
        if (!(step.model.successor() instanceof Successor.Opening(var attempt))) {
            return;
        }
        step.model = step.model.with(new Successor.Warm(attempt));
        if (!step.model.ready()) {
            change(step, true);
        }
    }

    /** The current session goes on; with the next try later, each time later still. */
    static void lost(Step step, Input.SuccessorLost input) {
        var attempt = switch (step.model.successor()) {
            case Successor.None() -> 2;
            case Successor.Opening(var tried) -> tried + 1;
            case Successor.Warm(var tried) -> tried + 1;
        };
        step.model = step.model.with(ModelLink.NO_SUCCESSOR);
        if (step.model.ready()) {
            open(step, attempt, input.retryAfterMs());
        } else if (!step.model.failed()) {
            Recovery.seek(step, new Supply.Failure(input.provider(), input.retryable(), input.retryAfterMs()));
        }
    }

    /** A boundary: nobody speaks, owes or works, all is heard, and all that was said is known. */
    static void atBoundary(Step step) {
        var boundary = step.model.ready()
                && step.model.successor() instanceof Successor.Warm
                && !(step.stage instanceof Stage.Leaving)
                && step.floor.free()
                && step.playback.items().isEmpty()
                && step.tools.pending().isEmpty()
                && wordsAreKnown(step);
        if (boundary) {
            WrittenLate.recallAll(step);
            change(step, false);
        }
    }

    /**
     * Whether nothing that the caller has said is still to be written down. What is very late is not waited for, nor what
     * nobody writes down, unless a session is about to hear it for the second time.
     */
    static boolean wordsAreKnown(Step step) {
        return step.turns.callerItems().isEmpty()
                || (!step.model.current().transcribes() && !step.turns.hearsAgain())
                || (step.quietSinceMs >= 0 && step.nowMs - step.quietSinceMs >= TRANSCRIPT_MS);
    }

    private static void open(Step step, int attempt, long waitMs) {
        step.model = step.model.with(new Successor.Opening(attempt));
        step.then(new Effect.OpenSuccessor(attempt, waitMs, step.model.current().provider()));
    }

    /** The warm session takes over. @param lost whether the one before was lost */
    static void change(Step step, boolean lost) {
        // If it dies before it says that it serves, there is no other that could take over.
        step.model = step.model.without(new Outage(step.nowMs, lost)).with(ModelLink.NO_SUCCESSOR);
        step.floor = step.floor.reset();
        step.then(new Effect.ChangeSession());
    }
}
