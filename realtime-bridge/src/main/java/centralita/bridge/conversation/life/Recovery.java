package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.bridge.conversation.life.ModelLink.Outage;
import centralita.bridge.conversation.life.ModelLink.Successor;
import centralita.contracts.call.EndReason;

/** The model complains or its session is gone (openai-realtime 1.3, 1.4). */
final class Recovery {
    private Recovery() {}

    static void closed(Step step, Input.ModelClosed input) {
        leaveSession(step, true);
        var failure = new Supply.Failure(input.provider(), input.retryable(), input.retryAfterMs());
        switch (step.model.successor()) {
            case Successor.Warm _ -> Rotation.change(step, true);
            case Successor.Opening opening -> {
                // A first try takes over when it is ready, or tells that it is not; a later one may not even have
                // begun.
                if (opening.attempt() > 1) {
                    step.model = step.model.with(ModelLink.NO_SUCCESSOR);
                    seek(step, failure);
                }
            }
            case Successor.None _ -> seek(step, failure);
        }
    }

    /**
     * The session is there and does not answer, and another provider may: for the call it is lost. A second session of the
     * same provider would keep silent as well.
     */
    static void leaveUnanswered(Step step) {
        var provider = step.model.current().provider();
        leaveSession(step, true);
        step.model = step.model.with(ModelLink.NO_SUCCESSOR);
        step.then(new Effect.Abandon());
        reconnect(step, step.model.supply().elsewhere(provider));
    }

    /** What a session was about to say is wanted of the next one; what the caller hears of it is cut. */
    static void leaveSession(Step step, boolean lost) {
        // Nobody will write down what he said; that it was a cough is no longer found out.
        var doubted = step.doubt != null;
        Interruption.byLostModel(step);
        var floor = step.floor;
        var running = floor.running();
        var asked = floor.asked();
        WrittenLate.recall(step);
        var hearsAgain = hearAgain(step);
        // Whoever hears the words answers them: that is not asked for as well.
        step.floor = (hearsAgain ? floor.answered(Trigger.SPEECH) : floor).reset();
        step.model = step.model.without(new Outage(step.nowMs, lost));
        FalseInterruption.confirm(step);
        if (running != null) {
            var turn = running.responseId();
            // Of a greeting that was begun the rest is said, not the whole again: the history tells how far it came.
            wantAgain(step, running.spoke() ? goOn(running.ask()) : running.ask(), hearsAgain);
            Interruption.dropUnplayed(step, turn, Input.Status.CANCELLED);
            Hearing.generated(step, turn);
        } else if (asked != null) {
            wantAgain(step, asked.ask(), hearsAgain);
        } else if (!hearsAgain && (floor.owedSinceMs() >= 0 || floor.callerSpeaking() || doubted)) {
            step.floor = step.floor.want(Ask.of(Trigger.RESUME, null));
        }
    }

    /**
     * What the caller said last was not written down, and nobody has answered it: the history cannot tell it, so the next
     * session hears it, and answers by itself. What was written down is told and not heard.
     */
    private static boolean hearAgain(Step step) {
        var fromMs = step.turns.unansweredFromMs();
        if (fromMs >= 0 && step.model.ready()) {
            step.then(new Effect.HearAgain(fromMs));
            step.turns = step.turns.hearingAgain();
        }
        return fromMs >= 0;
    }

    /** An answer to words that are heard again is not asked for: whoever hears them gives it. */
    private static void wantAgain(Step step, Ask ask, boolean hearsAgain) {
        var answer = ask.trigger() == Trigger.SPEECH || ask.trigger() == Trigger.RESUME;
        if (!hearsAgain || !answer || ask.farewell()) {
            step.floor = step.floor.wantFirst(ask);
        }
    }

    /** Tries to get another session, or gives the model up. */
    static void seek(Step step, Supply.Failure failure) {
        var outage = step.model.outage();
        var outageMs = outage == null ? 0 : step.nowMs - outage.sinceMs();
        var care = step.setup.care();
        var supply = step.model.supply();
        var next = step.saidGoodbye() ? null : supply.after(failure, care, outageMs);
        if (next == null && mayInsist(step)) {
            next = supply.anotherRound(care);
            next = next != null && inTime(step, next.waitMs(), outageMs) ? next : null;
        }
        if (next == null) {
            giveUp(step);
            return;
        }
        reconnect(step, next);
    }

    private static void reconnect(Step step, Supply.Next next) {
        step.model = step.model.with(next.to());
        step.then(new Effect.Reconnect(
                next.attempt(), next.waitMs(), next.to().provider(), next.to().givenUp()));
    }

    /** A call that has begun is not refused; who only stands ready, or was never let in, is told so at once. */
    private static boolean mayInsist(Step step) {
        if (step.saidGoodbye()) {
            return false;
        }
        return !(step.stage instanceof Stage.Waiting waiting)
                || (!waiting.warm()
                        && (step.setup.resume()
                                || !step.model.supply().givenUp().isEmpty()));
    }

    /**
     * Who talks or listens does not wait, and once he does, {@link FirstAudio} counts for him: he hears that somebody works
     * on it, and is taken from the model when that was in vain. Where nobody counts, the outage itself may not last longer.
     */
    private static boolean inTime(Step step, long waitMs, long outageMs) {
        return FirstAudio.counts(step) || outageMs + waitMs < step.setup.care().offerMs();
    }

    /** The session is there, but its provider will not answer. */
    static void stopProvider(Step step) {
        if (step.model.ready()) {
            closed(
                    step,
                    new Input.ModelClosed(
                            step.nowMs, false, "stopped", step.model.current().provider(), 0));
        }
    }

    static void complained(Step step, Input.ModelComplained input) {
        switch (input.kind()) {
            case FATAL -> stopProvider(step);
            case BUSY -> busy(step, input);
            case RETRY, OURS -> refused(step, input);
            case BENIGN -> {}
        }
    }

    /** Another response runs: the model's own answer and our wish have crossed. */
    private static void busy(Step step, Input.ModelComplained input) {
        var asked = step.floor.asked();
        var running = step.floor.running();
        var cause = input.causedBy();
        if (asked != null && (cause == null || cause.equals(asked.eventId()))) {
            step.floor = step.floor.withoutAsked().wantFirst(asked.ask()).owed(step.nowMs);
        } else if (running != null && cause != null && cause.equals(running.eventId())) {
            // What we took for the answer to our wish was the model's own.
            var own = new Floor.Running(running.responseId(), Ask.of(Trigger.SPEECH, null), null, running.spoke());
            step.floor = step.floor.withRunning(own).wantFirst(running.ask());
        }
    }

    private static void refused(Step step, Input.ModelComplained input) {
        var asked = step.floor.asked();
        if (asked != null && asked.eventId().equals(input.causedBy())) {
            step.floor = step.floor.withoutAsked();
            TurnTaking.retry(step, asked.ask());
        }
    }

    private static Ask goOn(Ask ask) {
        return ask.farewell() ? ask : Ask.of(Trigger.RESUME, null);
    }

    /** There will be no model for this call. */
    static void giveUp(Step step) {
        step.model = step.model.givenUp();
        if (!(step.stage instanceof Stage.Waiting)) {
            Farewell.leave(step, EndReason.MODEL_UNAVAILABLE, null);
            Farewell.said(step);
        }
    }
}
