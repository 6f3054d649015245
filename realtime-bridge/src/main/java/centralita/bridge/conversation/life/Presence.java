package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Line;
import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.bridge.conversation.life.Input.LineEnd;
import centralita.bridge.conversation.life.ModelLink.Outage;
import centralita.bridge.conversation.life.ModelLink.Term;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import org.jspecify.annotations.Nullable;

/** Who is there: the caller's line and the model's session come and go. */
final class Presence {
    private Presence() {}

    static void attached(Step step, Input.Attached input) {
        var first = step.stage instanceof Stage.Waiting;
        if (step.line.here()) {
            // A new stream for a call that has one: the old one is dead, and nobody said so.
            lineLost(step, false);
        }
        var cut = step.line.cut();
        step.line = new Line(true, -1, false, input.epoch());
        if (first) {
            step.stage = new Stage.Talking();
            step.startedMs = input.atMs();
            bothHere(step);
        } else if (step.stage instanceof Stage.Leaving leaving) {
            Farewell.back(step, leaving, cut);
        } else if (cut) {
            step.floor = step.floor.want(Ask.of(Trigger.RESUME, Lines.afterLostLine(step.setup)));
        }
        if (step.model.failed()) {
            Farewell.leave(step, EndReason.MODEL_UNAVAILABLE, null);
        }
    }

    static void detached(Step step, Input.Detached input) {
        switch (step.stage) {
            case Stage.Leaving leaving
            when input.how() == LineEnd.STOPPED || step.saidGoodbye() -> Farewell.over(step, leaving.reason());
            case Stage.Waiting _, Stage.Talking _, Stage.Leaving _, Stage.Over _ -> {
                if (input.how() != LineEnd.STOPPED) {
                    lineLost(step, input.how() == LineEnd.LOST);
                } else {
                    Farewell.over(step, EndReason.CALLER_HUNG_UP);
                }
            }
        }
    }

    static void modelReady(Step step, Input.ModelReady input) {
        var before = step.model;
        var again = before.session() > 0;
        var session = input.session();
        step.model = before.serving(session, Term.of(session, step.setup.care(), step.nowMs), step.nowMs);
        if (again) {
            step.turns = step.turns.withoutAnsweredWords();
            changed(step, before.current(), before.outage());
        } else if (input.replayed() && input.callerWaits()) {
            step.floor = step.floor.want(Ask.of(Trigger.RESUME, null));
        }
        if (!(step.stage instanceof Stage.Waiting)) {
            bothHere(step);
        }
    }

    /** A call was taken over with a model session that was open before the history was known. */
    static void historyTold(Step step, Input.HistoryTold input) {
        if (input.callerWaits()) {
            step.floor = step.floor.want(Ask.of(Trigger.RESUME, null));
        }
    }

    private static void changed(Step step, ModelSession from, @Nullable Outage outage) {
        var to = step.model.current();
        var cause = outage == null || !outage.lost()
                ? "rotation"
                : from.provider().equals(to.provider()) ? "reconnect" : "failover";
        var gapMs = outage == null ? 0 : step.nowMs - outage.sinceMs();
        step.then(new Effect.Publish(
                new CallFact.ModelSwitched(cause, from.provider(), to.provider(), to.model(), gapMs)));
    }

    static void tick(Step step) {
        var patience = step.setup.patience();
        if (step.stage instanceof Stage.Waiting waiting && step.nowMs - waiting.sinceMs() >= patience.attachMs()) {
            Farewell.over(step, EndReason.NEVER_ATTACHED);
        } else if (step.line.lostSinceMs() >= 0 && step.nowMs - step.line.lostSinceMs() >= patience.reattachMs()) {
            Farewell.over(step, EndReason.STREAM_LOST);
        }
    }

    /** What was not heard by now never will be: the next stream begins empty. @param told whether it is known what was heard */
    private static void lineLost(Step step, boolean told) {
        var running = step.floor.running();
        if (running != null) {
            // Nobody hears the rest of it, and while it is made nothing else can be said to him on his next line.
            step.then(new Effect.Cancel(running.responseId()));
        }
        if (!told) {
            step.playback = step.playback.heardUntold(step.nowMs);
        }
        var cut = Interruption.forgetPlayback(step);
        if (cut) {
            ToolUse.wordsWereLost(step);
        }
        step.line = new Line(false, step.nowMs, step.line.cut() || cut, step.line.epoch());
        // Who wanted to take the call over asked on that line.
        step.release = Conversation.Release.NONE;
    }

    /** Words that begin while his line is lost are not heard, and what follows them would make no sense without. */
    static void missesWords(Step step, String responseId) {
        var line = step.line;
        if (line.lostSinceMs() >= 0) {
            step.playback = step.playback.silencing(responseId);
            step.line = new Line(false, line.lostSinceMs(), true, line.epoch());
        }
    }

    /** The caller and the model are here together for the first time. */
    private static void bothHere(Step step) {
        if (!step.model.ready() || !step.line.here() || step.model.announced()) {
            return;
        }
        var setup = step.setup;
        step.model = step.model.asAnnounced();
        step.then(new Effect.Publish(new CallFact.ConversationStarted(
                setup.bridgeId(),
                step.line.epoch(),
                step.model.current().provider(),
                step.model.current().model(),
                setup.voice(),
                step.model.current().sessionId(),
                Math.max(0, step.model.firstReadyMs() - step.preparedMs),
                setup.resume())));
        if (!setup.resume() && setup.greeting() != null) {
            step.floor = step.floor.want(Ask.of(Trigger.GREETING, Lines.greeting(setup, setup.greeting())));
        }
    }
}
