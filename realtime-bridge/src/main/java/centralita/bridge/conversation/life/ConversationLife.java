package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.contracts.call.EndReason;
import java.util.List;

/** Every transition of a conversation: who must know of which input. The rules are where the ideas are. */
public final class ConversationLife {
    private ConversationLife() {}

    /** Pure: the same arguments always give the same answer. After the end nothing changes and nothing is done. */
    public static Decision decide(Conversation state, Input input) {
        if (state.stage() instanceof Stage.Over) {
            return new Decision(state, List.of());
        }
        var step = new Step(state, input.atMs());
        apply(step, input);
        if (!step.over()) {
            Rotation.atBoundary(step);
            TurnTaking.passTheFloor(step);
            Bounds.watchTheQuiet(step);
            FirstAudio.watch(step);
            Sound.watch(step);
            HandOver.atTheBoundary(step);
        }
        if (!step.over()) {
            InMidAnswer.jot(step);
        }
        return step.done();
    }

    private static void apply(Step step, Input input) {
        if (endsEveryDoubt(input)) {
            FalseInterruption.confirm(step);
        }
        switch (input) {
            case Input.Tick _ -> onTick(step);
            case Input.Attached attached -> Presence.attached(step, attached);
            case Input.Detached detached -> Presence.detached(step, detached);
            case Input.StreamMeasured measured -> step.sound = step.sound.measured(measured.quality());
            case Input.Heard heard -> Hearing.heard(step, heard);
            case Input.Cleared cleared -> Interruption.cleared(step, cleared);
            case Input.Digit digit -> KeyPresses.pressed(step, digit);
            case Input.ModelReady ready -> Presence.modelReady(step, ready);
            case Input.ModelClosed closed -> Recovery.closed(step, closed);
            case Input.SuccessorReady ready -> Rotation.ready(step, ready);
            case Input.SuccessorLost lost -> Rotation.lost(step, lost);
            case Input.AnotherMayAnswer _ -> FirstAudio.anotherMayAnswer(step);
            case Input.ModelComplained complaint -> Recovery.complained(step, complaint);
            case Input.SpeechStarted speech -> {
                TurnTaking.speechStarted(step, speech);
                Interruption.byTheCaller(step, speech.itemId());
            }
            case Input.SpeechStopped speech -> TurnTaking.speechStopped(step, speech);
            case Input.SpeechCommitted speech -> TurnTaking.speechCommitted(step, speech);
            case Input.CallerTranscribed words -> {
                Hearing.callerTranscribed(step, words);
                FalseInterruption.transcribed(step, words);
            }
            case Input.ResponseCreated response -> TurnTaking.responseCreated(step, response);
            case Input.ItemAdded item -> Hearing.itemAdded(step, item);
            case Input.AudioStarted audio -> Hearing.audioStarted(step, audio);
            case Input.ItemGrew item -> Hearing.itemGrew(step, item);
            case Input.AudioEnded audio -> Hearing.audioEnded(step, audio);
            case Input.TextEnded text -> Hearing.textEnded(step, text);
            case Input.ResponseDone response -> TurnTaking.responseDone(step, response);
            case Input.ToolFinished tool -> ToolUse.finished(step, tool);
            case Input.DigitsWanted digits -> KeyPresses.wanted(step, digits);
            case Input.HangUpRequested wish -> Farewell.leave(step, wish.reason(), null);
            case Input.HistoryTold told -> Presence.historyTold(step, told);
            case Input.AnswersLeft left -> LeftAnswers.takeOver(step, left);
            case Input.UsedBefore before -> step.tally = step.tally.after(before.used());
            case Input.ToolsLeft left -> ToolUse.leftOver(step, left);
            case Input.HandOverRequested wish -> HandOver.requested(step, wish);
            case Input.JournalComplete journal -> HandOver.journalComplete(step, journal);
            case Input.Superseded _ -> Farewell.over(step, EndReason.GIVEN_AWAY);
        }
    }

    /** What the caller was hearing is lost, or he has said by other means that he wants something. */
    private static boolean endsEveryDoubt(Input input) {
        return input instanceof Input.Attached
                || input instanceof Input.Detached
                || input instanceof Input.Digit
                || input instanceof Input.HangUpRequested;
    }

    private static void onTick(Step step) {
        Presence.tick(step);
        if (!step.over()) {
            Farewell.tick(step);
        }
        if (!step.over()) {
            KeyPresses.tick(step);
            Interruption.tick(step);
            FalseInterruption.tick(step);
            TurnTaking.tick(step);
            Rotation.tick(step);
            Bounds.tick(step);
            FirstAudio.tick(step);
        }
    }
}
