package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Tokens;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Listens to the model for one call: its audio goes to the caller, everything else becomes what the conversation has to
 * know. On the media event loop only.
 */
final class ModelEar implements ModelListener {
    /**
     * What the model is called in facts.
     *
     * @param model whose answers are billed
     * @param transcription which writes down what the caller says
     */
    record Names(String provider, String model, String transcription) {}

    private final Names names;
    private final MediaLoop loop;
    private final ModelSessions model;
    private final CallerToModel toModel;
    private final AssistantToCaller toCaller;
    private final CallJournal journal;
    private final CallReports reports;
    private final Predicate<String> plays;
    private final Consumer<Input> inputs;

    /** @param plays whether an item's story is not over yet @param inputs takes what happened */
    ModelEar(
            Names names,
            MediaLoop loop,
            ModelSessions model,
            CallerToModel toModel,
            AssistantToCaller toCaller,
            CallJournal journal,
            CallReports reports,
            Predicate<String> plays,
            Consumer<Input> inputs) {
        this.names = names;
        this.loop = loop;
        this.model = model;
        this.toModel = toModel;
        this.toCaller = toCaller;
        this.journal = journal;
        this.reports = reports;
        this.plays = plays;
        this.inputs = inputs;
    }

    @Override
    public void onReady(String modelSessionId, String name) {
        var replay = !journal.isEmpty();
        if (replay) {
            journal.replay().forEach(model::send);
            // Before the model may speak: it is to have their answers first.
            inputs.accept(new Input.ToolsLeft(loop.nowMs(), journal.toolsLeft()));
        }
        inputs.accept(
                new Input.ModelReady(loop.nowMs(), modelSessionId, name, replay, replay && journal.callerWaits()));

        toModel.catchUp();
    }

    @Override
    public void onAudio(String responseId, String itemId, byte[] mulaw) {
        if (toCaller.made(responseId, itemId, mulaw.length)) {
            inputs.accept(new Input.AudioStarted(loop.nowMs(), responseId, itemId));
        }
        toCaller.play(itemId, mulaw);
        if (toCaller.full()) {
            model.pause();
        }
    }

    @Override
    public void onDrained() {
        toModel.catchUp();
    }

    @Override
    public void onClosed(boolean retryable, String why, long retryAfterMs) {
        inputs.accept(new Input.ModelClosed(loop.nowMs(), retryable, why));
    }

    @Override
    public void onEvent(ModelEvent event) {
        var now = loop.nowMs();
        switch (event) {
            case ModelEvent.SpeechStarted(var itemId, var startMs) -> {
                toCaller.speechHeard(System.nanoTime());
                inputs.accept(new Input.SpeechStarted(now, itemId, startMs));
            }
            case ModelEvent.SpeechStopped(var itemId, var endMs) ->
                inputs.accept(new Input.SpeechStopped(now, itemId, endMs));
            case ModelEvent.SpeechCommitted(var itemId) -> inputs.accept(new Input.SpeechCommitted(now, itemId));
            case ModelEvent.CallerTranscribed(var itemId, var text, var seconds, var usage) -> {
                reports.publish(new CallFact.TranscriptionUsage(
                        names.provider(), names.transcription(), seconds, usage == null ? Tokens.NONE : usage));
                inputs.accept(new Input.CallerTranscribed(now, itemId, text));
            }
            case ModelEvent.ResponseCreated(var responseId) ->
                inputs.accept(new Input.ResponseCreated(now, responseId));
            case ModelEvent.ItemAdded(var responseId, var itemId) -> {
                toCaller.begun(responseId, itemId);
                inputs.accept(new Input.ItemAdded(now, responseId, itemId));
            }
            case ModelEvent.AudioDone(var itemId) -> inputs.accept(new Input.AudioEnded(now, itemId));
            case ModelEvent.TextDelta(var itemId, var delta) -> toCaller.spoke(itemId, delta);
            case ModelEvent.TextDone(var itemId, var text) -> {
                toCaller.spokeWhole(itemId, text);
                inputs.accept(new Input.TextEnded(now, itemId, text));
            }
            case ModelEvent.ResponseDone(var responseId, var status, var failure, var calls, var usage) -> {
                inputs.accept(new Input.ResponseDone(now, responseId, status, failure, calls, names.model(), usage));
                toCaller.done(responseId, plays);
            }
            case ModelEvent.Complained(var kind, var code, var causedBy) ->
                inputs.accept(new Input.ModelComplained(now, kind, code, causedBy));
            case ModelEvent.Other _ -> {}
        }
    }
}
