package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Tools;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.bridge.conversation.life.Floor.Asked;
import centralita.bridge.conversation.life.Floor.Running;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Tokens;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks next. The model answers the caller's speech by itself; everything else is asked for, one response at a
 * time, when nobody speaks and no tool is running (openai-realtime 2.1, 5).
 */
final class TurnTaking {
    private static final long FIRST_RETRY_MS = 500;

    private TurnTaking() {}

    static void speechStarted(Step step, Input.SpeechStarted input) {
        step.floor = step.floor.speaking(input.audioStartMs());
        step.silencePrompts = 0;
        step.tools = new Tools(step.tools.pending(), step.tools.seen(), 0, step.tools.endsCall(), step.tools.spoke());
        step.turns = step.turns.withoutHeardAgain().spoken(callerItem(step, input.itemId(), input.audioStartMs()));
    }

    private static Turns.CallerItem callerItem(Step step, String itemId, long fromMs) {
        return new Turns.CallerItem(itemId, step.turns.last() + 1, step.sinceStartMs(), fromMs, -1, null, false, false);
    }

    static void speechStopped(Step step, Input.SpeechStopped input) {
        step.turns = step.turns.until(input.itemId(), input.audioEndMs(), input.until());
        if (step.floor.callerSpeaking()) {
            step.floor = step.floor.stoppedSpeaking(input.audioEndMs(), input.atMs());
            if (step.setup.resumesInterruptions()) {
                FalseInterruption.stopped(step);
                // The model does not answer by itself; we ask when what he said is complete, if it was meant.
                step.floor = step.doubt == null ? step.floor : step.floor.owed(-1);
            }
        }
    }

    static void speechCommitted(Step step, Input.SpeechCommitted input) {
        if (step.turns.callerItem(input.itemId()) == null) {
            step.turns = step.turns.spoken(callerItem(step, input.itemId(), step.floor.speechFromMs()));
        }
        // Its words come later, even after the answer; its place in the history is here.
        step.then(new Effect.Remember(new JournalEntry.CallerSaid(input.itemId(), "")));
        if (step.setup.resumesInterruptions()) {
            FalseInterruption.committed(step);
        }
    }

    static void responseCreated(Step step, Input.ResponseCreated input) {
        var asked = step.floor.asked();
        var ask = asked == null ? Ask.of(Trigger.SPEECH, null) : asked.ask();
        var owedSinceMs = step.floor.owedSinceMs();
        var fromMs = asked != null ? asked.sinceMs() : owedSinceMs >= 0 ? owedSinceMs : input.atMs();
        var speechMs = ask.trigger() == Trigger.SPEECH || ask.trigger() == Trigger.TOOL ? step.floor.speechMs() : 0;
        var running = new Running(input.responseId(), ask, asked == null ? null : asked.eventId(), false);
        // The model now has all that it was told before: tool outputs and keys need no response of their own.
        step.floor = step.floor.begun(running).answered(Trigger.TOOL).answered(Trigger.DIGITS);
        step.turns = step.turns.with(
                new Turns.Open(input.responseId(), 0, ask.trigger(), speechMs, fromMs, null, 0, 0, false, false));
        if (step.floor.callerSpeaking() && asked != null && !ask.farewell()) {
            // It crossed with the caller's first word and would talk over him.
            step.playback = step.playback.silencing(input.responseId());
            step.then(new Effect.Cancel(input.responseId()));
        }
    }

    static void responseDone(Step step, Input.ResponseDone input) {
        if (step.turns.done().contains(input.responseId())) {
            return;
        }
        step.turns = step.turns.doneWith(input.responseId());
        var usage = input.usage();
        if (usage != null) {
            step.tally = step.tally.with(usage);
            Bounds.note(step);
        }
        step.then(new Effect.Publish(new CallFact.ModelUsage(
                step.model.current().provider(),
                input.model(),
                input.responseId(),
                input.status().name().toLowerCase(Locale.ROOT),
                usage == null ? Tokens.NONE : usage)));
        var running = step.floor.running();
        var ours = running != null && running.responseId().equals(input.responseId()) ? running : null;
        if (ours != null) {
            step.floor = step.floor.withRunning(null);
        }
        // What is thrown away the caller did not hear.
        var spoke = ours != null && ours.spoke() && !step.playback.silences(input.responseId());
        Hearing.endAll(step, input.responseId());
        Interruption.dropUnplayed(step, input.responseId(), input.status());
        switch (input.status()) {
            case COMPLETED -> {
                step.model = step.model.with(Supply.FRESH);
                if (!step.release.forced()) {
                    ToolUse.called(step, input.calls(), spoke);
                }
            }
            case FAILED -> failed(step, input, ours == null ? null : ours.ask());
            case CANCELLED, INCOMPLETE -> {}
        }
        Hearing.generated(step, input.responseId());
        var lastWords = ours != null && ours.ask().farewell() && input.status() != Input.Status.FAILED;
        if (lastWords && !step.floor.owesFarewell()) {
            Farewell.said(step);
        }
    }

    private static void failed(Step step, Input.ResponseDone input, @Nullable Ask ask) {
        var failure = input.failure();
        if (failure != null && failure.kind() == Input.ErrorKind.FATAL) {
            elsewhere(step, ask);
        } else if (ask != null) {
            retry(step, ask);
        }
    }

    /** This provider does not answer: another one is asked. */
    private static void elsewhere(Step step, @Nullable Ask ask) {
        if (ask != null) {
            step.floor = step.floor.wantFirst(new Ask(ask.trigger(), ask.instructions(), ask.farewell(), 0, 0));
        }
        Recovery.stopProvider(step);
    }

    /** Asks again, later each time; goes to another provider when it has failed too often. */
    static void retry(Step step, Ask ask) {
        if (ask.tries() >= step.setup.patience().responseRetries()) {
            elsewhere(step, ask);
        } else {
            step.floor = step.floor.wantFirst(ask.again(step.nowMs + (FIRST_RETRY_MS << ask.tries())));
        }
    }

    static void tick(Step step) {
        var answerMs = step.setup.patience().answerMs();
        var asked = step.floor.asked();
        if (asked != null && step.nowMs - asked.sinceMs() >= answerMs) {
            step.floor = step.floor.withoutAsked();
            retry(step, asked.ask());
        }
        if (step.floor.owedSinceMs() >= 0 && step.nowMs - step.floor.owedSinceMs() >= answerMs) {
            // The model heard the end of his speech and says nothing: ask for the answer.
            step.floor = step.floor.owed(-1);
            if (step.floor.waiting().isEmpty()) {
                step.floor = step.floor.want(Ask.of(Trigger.SPEECH, null));
            }
        }
    }

    /** Sends the first wish, if nobody speaks or is about to. */
    static void passTheFloor(Step step) {
        var waiting = step.floor.waiting();
        if (waiting.isEmpty()
                || step.doubt != null
                || step.release.forced()
                || !step.floor.free()
                || !step.model.ready()
                || !step.line.here()) {
            return;
        }
        var ask = waiting.getFirst();
        if (ask.notBeforeMs() > step.nowMs
                || step.saidGoodbye()
                // What the caller has heard of what was stopped is not known yet, and the model must be told before.
                || step.playback.unanswered() != null
                || step.playback.goesOnForAnotherBridge()
                || !step.tools.pending().isEmpty()) {
            return;
        }
        var eventId = "ask_" + (step.floor.asks() + 1);
        step.floor = step.floor.sent(new Asked(ask, eventId, step.nowMs));
        step.then(new Effect.Ask(eventId, ask.instructions()));
    }
}
