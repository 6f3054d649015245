package centralita.bridge.session;

import centralita.bridge.conversation.life.Effect;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import centralita.bridge.model.ModelListener;
import centralita.bridge.tone.KeyTones;
import centralita.contracts.call.EndReason;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/** Carries out what a conversation has decided. Decides nothing itself. On the media event loop only. */
final class CallEffects {
    private static final Logger LOG = Logger.getLogger(CallEffects.class);

    private final UUID callId;
    private final ModelSessions model;
    private final ModelListener ear;
    private final Succession succession;
    private final CallerToModel toModel;
    private final AssistantToCaller toCaller;
    private final CallJournal journal;
    private final CallReports reports;
    private final ToolRuns tools;
    private final IntConsumer completeJournal;
    private final Runnable anotherMayAnswer;
    private final Runnable whenOver;

    /**
     * @param ear for the next model session
     * @param completeJournal answers with an input
     * @param anotherMayAnswer becomes an input
     * @param whenOver runs last of all
     */
    CallEffects(
            UUID callId,
            ModelSessions model,
            ModelListener ear,
            Succession succession,
            CallerToModel toModel,
            AssistantToCaller toCaller,
            CallJournal journal,
            CallReports reports,
            ToolRuns tools,
            IntConsumer completeJournal,
            Runnable anotherMayAnswer,
            Runnable whenOver) {
        this.callId = callId;
        this.model = model;
        this.ear = ear;
        this.succession = succession;
        this.toModel = toModel;
        this.toCaller = toCaller;
        this.journal = journal;
        this.reports = reports;
        this.tools = tools;
        this.completeJournal = completeJournal;
        this.anotherMayAnswer = anotherMayAnswer;
        this.whenOver = whenOver;
    }

    void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Ask(var eventId, var instructions) -> model.send(new ModelCommand.Ask(eventId, instructions));
            case Effect.TellAsCaller(var text) -> model.send(new ModelCommand.Tell(Role.CALLER, text));
            case Effect.TellAsAssistant(var text) -> model.send(new ModelCommand.Tell(Role.ASSISTANT, text));
            case Effect.AnswerTool(var toolCallId, var output, var unheardOf) -> {
                if (unheardOf != null) {
                    model.send(new ModelCommand.RecallTool(toolCallId, unheardOf.name(), unheardOf.arguments()));
                }
                model.send(new ModelCommand.AnswerTool(toolCallId, output));
            }
            case Effect.Cancel(var responseId) -> model.send(new ModelCommand.Cancel(responseId));
            case Effect.Truncate(var itemId, var audioEndMs) ->
                model.send(new ModelCommand.Truncate(itemId, audioEndMs));
            case Effect.Delete(var itemId) -> model.send(new ModelCommand.Delete(itemId));
            case Effect.Recall(var itemId, var fromMs, var toMs) -> journal.recall(itemId, toModel.heard(fromMs, toMs));
            case Effect.HearAgain(var fromMs) -> toModel.hearAgain(fromMs);
            case Effect.Reconnect(var attempt, var waitMs, var prefer, var without) -> {
                toModel.sessionLeft();
                model.reopen(attempt, waitMs, prefer, without, ear);
            }
            case Effect.LookElsewhere(var without) -> {
                if (model.anotherMayAnswer(without)) {
                    anotherMayAnswer.run();
                }
            }
            case Effect.Abandon() -> model.abandon();
            case Effect.OpenSuccessor(var attempt, var waitMs, var prefer) -> succession.open(attempt, waitMs, prefer);
            case Effect.ChangeSession() -> {
                toModel.sessionLeft();
                succession.change();
            }
            case Effect.Play(var itemId, var item) -> toCaller.play(itemId, item);
            case Effect.Silence(var itemIds) -> toCaller.silence(itemIds);
            case Effect.Hold(var itemIds) -> toCaller.hold(itemIds);
            case Effect.Resume(var itemId, var item, var fromMs) -> {
                reports.resumed();
                toCaller.resume(itemId, item, fromMs);
            }
            case Effect.EndItem(var item) -> toCaller.endItem(item);
            case Effect.PlayKeys(var digits, var item) -> toCaller.playWhole(item, KeyTones.of(digits));
            case Effect.ClearPlayback(var order) -> toCaller.clear(order, System.nanoTime());
            case Effect.Fill() -> toCaller.fill();
            case Effect.HangUp(var reason, var afterPlayout) -> toCaller.hangUp(reason, afterPlayout);
            case Effect.RunTool(var toolCallId, var name, var arguments) -> tools.run(toolCallId, name, arguments);
            case Effect.Remember(var entry) -> journal.remember(entry);
            case Effect.CompleteJournal(var order) -> completeJournal.accept(order);
            case Effect.Release(var replayMs) -> toCaller.released(replayMs + toModel.keptMs());
            case Effect.Publish(var fact) -> reports.publish(fact);
            case Effect.Transcribe(var fact) -> reports.transcribe(fact);
            case Effect.LetGo(var reason) -> letGo(reason);
        }
    }

    /** No model session outlives its call (I7), also one that is still being opened. */
    private void letGo(EndReason reason) {
        model.close();
        toCaller.free();
        toModel.forget();
        reports.end(reason, toModel.filledMs(), toModel.droppedMs());
        LOG.infof("The conversation is over. callId=%s reason=%s", callId, reason);
        whenOver.run();
    }
}
