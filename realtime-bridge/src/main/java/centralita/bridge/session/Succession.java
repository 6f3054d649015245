package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.OpenedSession;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The second model session of a call: told the history while the first one serves, and the rest of it when it takes
 * over, so that the change itself takes no longer than a few messages; of callers whose words nobody writes down, all that came
 * after the first of them is told at the change. On the media event loop only.
 */
final class Succession implements ModelListener {
    private final ModelSessions model;
    private final ModelEar ear;
    private final CallJournal journal;
    private final MediaLoop loop;
    private final Consumer<Input> inputs;
    private Set<String> told = Set.of();
    private String lostProvider = "";

    Succession(ModelSessions model, ModelEar ear, CallJournal journal, MediaLoop loop, Consumer<Input> inputs) {
        this.model = model;
        this.ear = ear;
        this.journal = journal;
        this.loop = loop;
        this.inputs = inputs;
    }

    void open(int attempt, long waitMs, String prefer) {
        told = Set.of();
        model.openSuccessor(attempt, waitMs, prefer, this);
    }

    /** The second session serves from now on. */
    void change() {
        var opened = model.change(ear);
        if (opened == null) {
            // It has gone in the same moment; what was heard of that concerns nobody any more.
            ear.onClosed(new LostSession(lostProvider, true, "successor-gone", 0));
        } else {
            ear.takenOver(opened, journal.replayAfter(told));
        }
    }

    @Override
    public void onReady(OpenedSession opened) {
        told = journal.tellSoFar(model::tellSuccessor);
        inputs.accept(new Input.SuccessorReady(loop.nowMs()));
    }

    @Override
    public void onClosed(LostSession lost) {
        lostProvider = lost.provider();
        inputs.accept(new Input.SuccessorLost(loop.nowMs(), lost.retryable(), lost.provider(), lost.retryAfterMs()));
    }

    // Until it serves, it hears nothing and is asked nothing: what it says are echoes of what it was told.

    @Override
    public void onAudio(String responseId, String itemId, byte[] mulaw) {}

    @Override
    public void onEvent(ModelEvent event) {}

    @Override
    public void onDrained() {}
}
