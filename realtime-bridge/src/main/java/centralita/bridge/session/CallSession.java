package centralita.bridge.session;

import centralita.audiolink.LinkControl;
import centralita.bridge.conversation.life.Conversation;
import centralita.bridge.conversation.life.ConversationLife;
import centralita.bridge.conversation.life.Input;
import centralita.bridge.model.ModelOrder;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.StreamQuality;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call: feeds the conversation with what happens and has carried out what it decides. Audio goes past it, from
 * {@link CallerToModel} to the model and by {@link ModelEar} and {@link AssistantToCaller} back. On the media event loop
 * only, so nothing here waits or locks. Owns its model session and ends it with the call.
 */
public final class CallSession {
    private final LinkControl.Prepare prepare;
    private final MediaLoop loop;
    private final ModelSessions model;
    private final ModelEar ear;
    private final CallerToModel toModel;
    private final AssistantToCaller toCaller;
    private final CallJournal journal;
    private final CallEffects effects;
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private Conversation state;
    private long epoch;
    private boolean deciding;
    private @Nullable PrepareOrder order;
    private boolean preparedTold;
    /** Whether another bridge serves the call until its caller comes here. */
    private final boolean warm;

    private boolean historyTold;
    private Input.@Nullable Attached attaching;
    private long askedAwayMs = Long.MIN_VALUE / 2;

    CallSession(
            LinkControl.Prepare prepare,
            Conversation state,
            ModelOrder order,
            SessionEdges edges,
            Consumer<CallSession> whenOver) {
        this.prepare = prepare;
        this.state = state;
        this.epoch = prepare.epoch();
        this.warm = prepare.warm();
        this.loop = edges.loop();
        var config = edges.config();
        var reports = new CallReports(prepare, edges.events(), edges.meters(), edges.traces());
        this.journal = new CallJournal(prepare.callId(), edges.journal(), loop, this::superseded);
        this.model = new ModelSessions(order, edges.models(), edges.pace());
        this.toCaller = new AssistantToCaller(state.resumesInterruptions());
        this.toModel = new CallerToModel(config, model, this::listening);
        var use = edges.budgets().begin();
        this.ear = new ModelEar(loop, model, toModel, toCaller, journal, reports, use, this::plays, this::take);
        this.effects = new CallEffects(
                prepare.callId(),
                model,
                ear,
                new Succession(model, ear, journal, loop, this::take),
                toModel,
                toCaller,
                journal,
                reports,
                new ToolRuns(order.assistant(), edges.tools(), loop, this::take),
                this::completeJournal,
                () -> {
                    use.over();
                    whenOver.accept(this);
                });
    }

    /**
     * Opens the model session; with a history, when another bridge has served this call before. A warm one is told the
     * history when the caller comes: until then somebody else writes it.
     */
    void begin() {
        if (prepare.resume() && !warm) {
            journal.load(() -> model.open(ear));
        } else {
            model.open(ear);
        }
    }

    public UUID callId() {
        return prepare.callId();
    }

    public long epoch() {
        return epoch;
    }

    public boolean attached() {
        return toCaller.bound();
    }

    void raiseEpoch(long higher) {
        epoch = Math.max(epoch, higher);
    }

    /** Who waits for it to be prepared. A later order takes the place of an earlier one. */
    void orderedBy(PrepareOrder next) {
        forgetOrder();
        order = next;
        preparedTold = false;
        tellOrder();
    }

    /** The order is taken back: nobody will come because of it. */
    public void withdraw(PrepareOrder which) {
        if (order == which && !attached()) {
            hangUp(EndReason.NEVER_ATTACHED);
        }
    }

    private void tellOrder() {
        var waiting = order;
        if (waiting == null) {
            return;
        }
        if (state.ended() != null) {
            forgetOrder();
        } else if (warm && state.modelFailed()) {
            forgetOrder();
            waiting.refused(Calls.Refusal.MODEL_UNAVAILABLE);
            hangUp(EndReason.MODEL_UNAVAILABLE);
        } else if (!preparedTold && state.modelReady()) {
            preparedTold = true;
            waiting.prepared();
        }
    }

    private void forgetOrder() {
        var done = order;
        order = null;
        if (done != null) {
            done.done();
        }
    }

    // Giving it away.

    boolean handingOver() {
        return state.handingOver();
    }

    boolean atRest() {
        return state.atRest();
    }

    /** When a gateway was last asked to take it away; long ago when never. */
    long askedAwayMs() {
        return askedAwayMs;
    }

    void giveAway(long nowMs, String reason) {
        askedAwayMs = nowMs;
        var waiting = order;
        if (attached()) {
            toCaller.giveAway(reason);
        } else if (waiting != null) {
            waiting.giveAway(reason);
        }
    }

    /** @param withinMs when no turn boundary comes, the call is let go in mid-turn */
    public void handOver(long withinMs) {
        take(new Input.HandOverRequested(loop.nowMs(), Math.max(0, withinMs)));
    }

    /** The journal may be lost. One that another bridge writes is not ours to write. */
    void writeJournalAgain() {
        if (!warm || historyTold) {
            journal.writeAgain();
        }
    }

    private void completeJournal(int release) {
        journal.complete(epoch, kept -> take(new Input.JournalComplete(loop.nowMs(), release, kept)));
    }

    // What happens.

    /** The caller is here. A line that was there before is let go. */
    void attach(CallerLine line, int stream, long newEpoch) {
        raiseEpoch(newEpoch);
        toCaller.bind(line);
        toModel.newStream(loop.nowMs());
        forgetOrder();
        var attached = new Input.Attached(loop.nowMs(), stream, epoch);
        if (!warm || historyTold) {
            line.ready(epoch);
            take(attached);
            return;
        }
        // What the caller says meanwhile is kept, because nobody listens before he is there.
        var first = attaching == null;
        attaching = attached;
        if (first) {
            journal.load(this::tellHistory);
        }
    }

    /** The bridge before has let go, or is dead: the journal is complete. */
    private void tellHistory() {
        var attached = attaching;
        attaching = null;
        if (attached == null || state.ended() != null) {
            return;
        }
        historyTold = true;
        if (state.modelReady()) {
            journal.replay().forEach(model::send);
            var callerWaits = journal.callerWaits();
            take(new Input.ToolsLeft(loop.nowMs(), journal.toolsLeft()));
            take(new Input.HistoryTold(loop.nowMs(), callerWaits));
        }
        toCaller.ready(epoch);
        take(attached);
        toModel.catchUp();
    }

    /**
     * The caller's stream is over.
     *
     * @param from the line that is gone; another one's end does not concern this call any more
     * @param quality of its audio; null when nobody says
     */
    public void detach(CallerLine from, boolean lost, @Nullable StreamQuality quality) {
        if (toCaller.bound(from)) {
            if (quality != null) {
                take(new Input.StreamMeasured(loop.nowMs(), quality.dropping(toModel.newlyDroppedMs())));
            }
            toCaller.unbind();
            attaching = null;
            model.resume();
            take(new Input.Detached(loop.nowMs(), lost));
        }
    }

    /** @param stampMs stream time of the first sample @param mulaw valid during this call */
    public void callerAudio(long stampMs, ByteBuf mulaw) {
        toModel.offer(loop.nowMs(), stampMs, mulaw);
    }

    public void heard(int item, long heardMs, boolean toItsEnd) {
        toCaller.heard(item, heardMs);
        take(new Input.Heard(loop.nowMs(), item, heardMs, toItsEnd));
    }

    public void cleared(LinkControl.Cleared cleared) {
        var items = cleared.items().stream()
                .map(item -> new Input.HeardItem(item.item(), item.heardMs()))
                .toList();
        take(new Input.Cleared(loop.nowMs(), cleared.order(), items, toCaller.reactionMs()));
    }

    public void digit(char digit) {
        take(new Input.Digit(loop.nowMs(), digit));
    }

    void hangUp(EndReason reason) {
        take(new Input.HangUpRequested(loop.nowMs(), reason));
    }

    /**
     * Another owner serves the call, or will: lets go without a word to the caller. A gateway that still listens hears it,
     * because it may have the caller all the same and must find him a bridge.
     */
    void superseded() {
        toCaller.refused(Calls.Refusal.STALE_EPOCH.word());
        take(new Input.Superseded(loop.nowMs()));
    }

    /** The gateway reads again. */
    public void lineDrained() {
        model.resume();
    }

    /** Comes several times a second. */
    void tick(long nowMs) {
        if (attached() && state.callerSpeaking()) {
            toModel.fillStall(nowMs);
        }
        if (model.paused() && !toCaller.full()) {
            model.resume();
        }
        take(new Input.Tick(nowMs));
    }

    // What is decided about it.

    /** Effects may bring inputs at once; those wait until the effects before them are done. */
    private void take(Input input) {
        if (!(input instanceof Input.Tick)) {
            inputs.addAll(toCaller.grown(input.atMs()));
        }
        inputs.add(input);
        if (deciding) {
            return;
        }
        deciding = true;
        try {
            for (var next = inputs.poll(); next != null; next = inputs.poll()) {
                var decision = ConversationLife.decide(state, next);
                state = decision.to();
                decision.effects().forEach(effects::carryOut);
            }
            journal.write(epoch);
        } finally {
            deciding = false;
        }
        tellOrder();
    }

    private boolean listening() {
        return state.listening();
    }

    private boolean plays(String itemId) {
        return state.plays(itemId);
    }
}
