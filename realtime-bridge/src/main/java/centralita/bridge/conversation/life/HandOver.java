package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Release;
import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.contracts.call.EndReason;

/**
 * Lets go of a call for another bridge that waits for it: at the next turn boundary, or in mid-turn when none comes in
 * time. Either way the journal is complete before; while it cannot be written the call stays, and the assistant goes on.
 *
 * <p>A tool that runs is waited for, also past the time: only this bridge knows what becomes of it, and its result is in
 * the journal before the other one reads that. A tool that is called for after the time is not begun here; the model is
 * asked again there. So every call of a tool runs once.
 */
final class HandOver {
    /** The journal could not be written: so long until the next try. */
    private static final long AGAIN_MS = 1_000;
    /** The assistant was stopped for nothing: so long until it may be stopped again. */
    private static final long IN_PEACE_MS = 10_000;
    /** So long what was answered is waited for to be written down, when the assistant was stopped. */
    private static final long WORDS_MS = 500;
    /** What the model needs to hear of the caller before it noticed that he spoke. */
    private static final long LEAD_IN_MS = 500;

    private HandOver() {}

    static void requested(Step step, Input.HandOverRequested input) {
        var before = step.release;
        if (input.withinMs() < 0) {
            // The gateway has given it up. Too late when the assistant was stopped, or the call is all but gone.
            if (!before.completing() && !before.forced()) {
                step.release = Release.NONE;
            }
            return;
        }
        var byMs = input.atMs() + input.withinMs();
        step.release = new Release(
                true,
                before.wanted() ? Math.min(before.byMs(), byMs) : byMs,
                before.forced(),
                before.order(),
                before.completing(),
                before.owed(),
                before.notBeforeMs());
    }

    /** The last rule of every decision that may end it. */
    static void atTheBoundary(Step step) {
        var release = step.release;
        if (!release.wanted() || release.completing() || step.nowMs < release.notBeforeMs()) {
            return;
        }
        // A call that ends anyway ends here.
        if (!(step.stage instanceof Stage.Talking) || !step.line.here() || !begun(step)) {
            return;
        }
        if (release.forced()) {
            cutShort(step);
        } else if (atRest(step)) {
            complete(step, false);
        } else if (step.nowMs >= release.byMs()) {
            step.release = release.asForced(answerOwed(step));
            Interruption.byHandOver(step);
            cutShort(step);
        }
    }

    /** Nobody speaks, nothing is being made or owed, no tool runs, all is heard and written down. */
    static boolean atRest(Step step) {
        return step.floor.quiet()
                && step.doubt == null
                && step.playback.items().isEmpty()
                && step.playback.unanswered() == null
                && step.tools.pending().isEmpty()
                && step.keys.digits().isEmpty()
                && Rotation.wordsAreKnown(step);
    }

    /** Who takes over greets nobody, so a greeting that is to come is begun here. */
    private static boolean begun(Step step) {
        var floor = step.floor;
        var asked = floor.asked();
        var running = floor.running();
        return step.model.announced()
                && floor.waiting().stream().noneMatch(ask -> ask.trigger() == Trigger.GREETING)
                && (asked == null || asked.ask().trigger() != Trigger.GREETING)
                && (running == null || running.ask().trigger() != Trigger.GREETING || running.spoke());
    }

    /** In mid-turn: what is being said was stopped; when it is known how much of it was heard, the call may go. */
    private static void cutShort(Step step) {
        if (quietened(step) && (WrittenLate.nothing(step) || step.nowMs - step.release.byMs() >= WORDS_MS)) {
            KeyPresses.tell(step, true);
            complete(step, answerOwed(step));
        }
    }

    private static boolean quietened(Step step) {
        return step.playback.unanswered() == null
                && step.playback.audible().isEmpty()
                && step.tools.pending().isEmpty();
    }

    /** Whether the assistant is to speak next, without the caller's saying more. */
    private static boolean answerOwed(Step step) {
        var floor = step.floor;
        return step.release.owed()
                || !floor.waiting().isEmpty()
                || floor.asked() != null
                || floor.running() != null
                || !step.playback.audible().isEmpty();
    }

    private static void complete(Step step, boolean owed) {
        // What the caller says now is heard again by the next model, which answers it by itself.
        var entry = new JournalEntry.LetGo(owed && unansweredSinceMs(step) < 0);
        step.release = step.release.asCompleting();
        step.then(new Effect.Remember(entry));
        step.then(new Effect.CompleteJournal(step.release.order()));
    }

    static void journalComplete(Step step, Input.JournalComplete input) {
        var release = step.release;
        if (!release.completing() || release.order() != input.order()) {
            return;
        }
        if (!input.kept() && release.forced()) {
            goOnHere(step);
            return;
        }
        step.release = release.asCompleted(input.kept() ? 0 : step.nowMs + AGAIN_MS);
        if (!input.kept() || !(step.stage instanceof Stage.Talking)) {
            return;
        }
        if (release.forced() ? quietened(step) : atRest(step)) {
            // At a boundary nothing is unanswered, only perhaps never written down.
            var sinceMs = release.forced() ? unansweredSinceMs(step) : -1;
            step.then(new Effect.Release(sinceMs < 0 ? LEAD_IN_MS : step.sinceStartMs() - sinceMs + LEAD_IN_MS));
            Farewell.over(step, EndReason.GIVEN_AWAY);
        }
    }

    /** Nobody else can have the call while its journal cannot be written, so the assistant says here what it owes. */
    private static void goOnHere(Step step) {
        var owed = answerOwed(step);
        step.release = step.release.asStaying(step.nowMs + AGAIN_MS, step.nowMs + IN_PEACE_MS);
        var floor = step.floor;
        // Who speaks is answered by the model itself, and a wish that waits or was sent is an answer as well.
        if (owed
                && floor.waiting().isEmpty()
                && floor.asked() == null
                && !floor.callerSpeaking()
                && floor.owedSinceMs() < 0) {
            step.floor = floor.want(Ask.of(Trigger.RESUME, null));
        }
    }

    /** Since when the caller says what no journal tells and nobody acted on: he speaks, or it is not written down yet; -1: not. */
    private static long unansweredSinceMs(Step step) {
        for (var item : step.turns.callerItems()) {
            if (step.turns.isUnanswered(item)) {
                return item.startMs();
            }
        }
        return -1;
    }
}
