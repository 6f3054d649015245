package centralita.bridge.session;

import centralita.bridge.budget.TokenBudgets;
import centralita.bridge.conversation.life.Input;
import centralita.bridge.conversation.life.ModelSession;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.OpenedSession;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the model for one call: its audio goes to the caller, everything else becomes what the conversation has to
 * know. On the media event loop only.
 */
final class ModelEar implements ModelListener {
    private final MediaLoop loop;
    private final ModelSessions model;
    private final CallerToModel toModel;
    private final AssistantToCaller toCaller;
    private final CallJournal journal;
    private final CallReports reports;
    private final TokenBudgets.CallUse use;
    private final Predicate<String> plays;
    private final Consumer<Input> inputs;
    /** What the serving session is called in facts. */
    private OpenedSession session = new OpenedSession("", "", "", null, 0);

    private @Nullable Runnable whenDrained;

    /** @param plays whether an item's story is not over yet @param inputs takes what happened */
    ModelEar(
            MediaLoop loop,
            ModelSessions model,
            CallerToModel toModel,
            AssistantToCaller toCaller,
            CallJournal journal,
            CallReports reports,
            TokenBudgets.CallUse use,
            Predicate<String> plays,
            Consumer<Input> inputs) {
        this.loop = loop;
        this.model = model;
        this.toModel = toModel;
        this.toCaller = toCaller;
        this.journal = journal;
        this.reports = reports;
        this.use = use;
        this.plays = plays;
        this.inputs = inputs;
    }

    @Override
    public void onReady(OpenedSession opened) {
        var replay = !journal.isEmpty();
        serve(opened, replay, replay ? journal.replay() : List.of());
    }

    /** A second session has taken over from the one that served. @param told what it does not know yet */
    void takenOver(OpenedSession opened, List<ModelCommand> told) {
        serve(opened, true, told);
    }

    private void serve(OpenedSession opened, boolean replay, List<ModelCommand> told) {
        session = opened;
        use.servedBy(opened.provider(), opened.model());
        whenDrained = null;
        told.forEach(model::send);
        // It serves when it can hear: as long as the history is on its way, the caller's audio waits.
        if (model.takesAudio()) {
            ready(opened, replay);
        } else {
            whenDrained = () -> ready(opened, replay);
        }
    }

    private void ready(OpenedSession opened, boolean replay) {
        var now = new ModelSession(
                opened.sessionId(), opened.provider(), opened.model(), opened.transcription() != null, opened.lifeMs());
        if (replay) {
            // Before the model may speak: it is to have their answers first.
            inputs.accept(new Input.ToolsLeft(loop.nowMs(), journal.toolsLeft()));
        }
        inputs.accept(new Input.ModelReady(loop.nowMs(), now, replay, replay && journal.callerWaits()));
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
        var waiting = whenDrained;
        whenDrained = null;
        if (waiting != null) {
            waiting.run();
        }
        toModel.catchUp();
    }

    @Override
    public void onClosed(LostSession lost) {
        use.over();
        whenDrained = null;
        inputs.accept(new Input.ModelClosed(
                loop.nowMs(), lost.retryable(), lost.why(), lost.provider(), lost.retryAfterMs()));
    }

    @Override
    public void onEvent(ModelEvent event) {
        var now = loop.nowMs();
        switch (event) {
            case ModelEvent.SpeechStarted(var itemId, var startMs) -> {
                toCaller.speechHeard(System.nanoTime());
                inputs.accept(new Input.SpeechStarted(now, itemId, startMs));
            }
            case ModelEvent.SpeechStopped(var itemId, var endMs) -> {
                toModel.speechEnded(endMs);
                inputs.accept(new Input.SpeechStopped(now, itemId, endMs, toModel.streamTime(endMs)));
            }
            case ModelEvent.SpeechCommitted(var itemId) -> inputs.accept(new Input.SpeechCommitted(now, itemId));
            case ModelEvent.CallerTranscribed(var itemId, var text, var seconds, var usage) -> {
                reports.publish(new CallFact.TranscriptionUsage(
                        session.provider(),
                        Objects.requireNonNullElse(session.transcription(), "none"),
                        seconds,
                        usage == null ? Tokens.NONE : usage));
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
                if (usage != null) {
                    use.used(usage);
                }
                inputs.accept(new Input.ResponseDone(now, responseId, status, failure, calls, session.model(), usage));
                toCaller.done(responseId, plays);
            }
            case ModelEvent.Complained(var kind, var code, var causedBy) ->
                inputs.accept(new Input.ModelComplained(now, kind, code, causedBy));
            case ModelEvent.TokensLeft(var limit, var left) -> use.told(limit, left);
            case ModelEvent.Other _ -> {}
        }
    }
}
