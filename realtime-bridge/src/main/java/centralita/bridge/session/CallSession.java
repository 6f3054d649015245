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
    private final StandingOrder order;
    /** Whether another bridge serves the call until its caller comes here. */
    private final boolean warm;

    /** Whether what an earlier bridge has written is known here. */
    private boolean historyKnown;
    /** Whether a warm one reads it, or has read it. */
    private boolean loading;
    /** The caller's stream, when he has come before that is known. */
    private @Nullable Arrival arrival;
    /** Whether what an earlier bridge had not finished saying was taken over. */
    private boolean answersTaken;

    private long askedAwayMs = Long.MIN_VALUE / 2;
    private boolean hurried;

    CallSession(
            LinkControl.Prepare prepare,
            Conversation state,
            ModelOrder modelOrder,
            SessionEdges edges,
            Consumer<CallSession> whenOver) {
        this.prepare = prepare;
        this.state = state;
        this.epoch = prepare.epoch();
        this.warm = prepare.warm();
        this.order = new StandingOrder(warm);
        this.loop = edges.loop();
        var config = edges.config();
        var reports = new CallReports(prepare, edges.events(), edges.meters(), edges.traces());
        this.journal = new CallJournal(prepare.callId(), edges.journal(), loop, this::stale);
        this.model = new ModelSessions(modelOrder, edges.models(), edges.pace());
        this.toCaller = new AssistantToCaller(state.resumesInterruptions());
        this.toModel = new CallerToModel(config, model, this::listening, this::neededFromMs);
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
                new ToolRuns(modelOrder.assistant(), edges.tools(), loop, this::take),
                this::completeJournal,
                () -> take(new Input.AnotherMayAnswer(loop.nowMs())),
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
            journal.load(() -> {
                model.open(ear);
                historyIsKnown();
            });
        } else {
            historyKnown = !warm;
            model.open(ear);
        }
    }

    public UUID callId() {
        return prepare.callId();
    }

    public long epoch() {
        return epoch;
    }

    /** Why it ended; null while it lives. */
    @Nullable
    EndReason ended() {
        return state.ended();
    }

    public boolean attached() {
        return toCaller.bound();
    }

    void raiseEpoch(long higher) {
        epoch = Math.max(epoch, higher);
    }

    /** Who waits for it to be prepared. A later order takes the place of an earlier one. */
    void orderedBy(PrepareOrder next) {
        order.placed(next);
        tellOrder();
    }

    /** The order is taken back: nobody will come because of it. */
    public void withdraw(PrepareOrder which) {
        if (order.is(which) && !attached()) {
            order.forget();
            hangUp(EndReason.NEVER_ATTACHED);
        }
    }

    private void tellOrder() {
        if (order.tell(state)) {
            hangUp(EndReason.MODEL_UNAVAILABLE);
        }
    }

    // Giving it away.

    boolean handingOver() {
        return state.handingOver();
    }

    boolean atRest() {
        return state.atRest(loop.nowMs());
    }

    /** When a gateway was last asked to take it away; long ago when never. */
    long askedAwayMs() {
        return askedAwayMs;
    }

    void giveAway(long nowMs, String reason) {
        askedAwayMs = nowMs;
        if (attached()) {
            toCaller.giveAway(reason);
        } else {
            order.giveAway(reason);
        }
    }

    /** @param withinMs when no turn boundary comes, the call is let go in mid-turn; below 0: it stays after all */
    public void handOver(long withinMs) {
        take(new Input.HandOverRequested(loop.nowMs(), withinMs));
    }

    /** Another bridge waits for it, and this one stops: it is handed over sooner. Once is enough. */
    void hurry(long withinMs) {
        if (!hurried) {
            hurried = true;
            handOver(withinMs);
        }
    }

    /** The journal may be lost. One that another bridge writes is not ours to write. */
    void writeJournalAgain() {
        if (historyKnown) {
            journal.writeAgain();
        }
    }

    private void completeJournal(int release) {
        journal.complete(epoch, kept -> take(new Input.JournalComplete(loop.nowMs(), release, kept)));
    }

    // What happens.

    /** The caller is here. A line that was there before is let go. */
    void attach(CallerLine line, LinkControl.Attach attach) {
        raiseEpoch(attach.epoch());
        toCaller.bind(line);
        toModel.newStream(toCaller.gatewayLivedMs(), attach.streamSid());
        order.forget();
        arrival = Arrival.of(attach);
        if (historyKnown) {
            arrived();
        } else if (warm && !loading) {
            // What the caller says meanwhile is kept, because nobody listens before he is there. Read once, also when
            // he
            // goes and comes meanwhile.
            loading = true;
            journal.load(this::historyIsKnown);
        }
    }

    /** The bridge before has let go, or is dead: the journal is complete. */
    private void historyIsKnown() {
        if (state.ended() == null && !historyKnown) {
            historyKnown = true;
            take(new Input.UsedBefore(loop.nowMs(), journal.usedBefore()));
            arrived();
        }
    }

    private void arrived() {
        var now = arrival;
        arrival = null;
        if (now == null) {
            return;
        }
        var resumes = (prepare.resume() || warm) && !answersTaken;
        if (resumes) {
            answersTaken = true;
            toModel.knownUntil(journal.callerKnownUntilMs(now.streamSid()));
            var left = journal.answersLeft();
            take(new Input.AnswersLeft(loop.nowMs(), left, now.playout(), journal.callerSpokeAfterThem(), !warm));
            if (warm && state.modelReady()) {
                tellHistory();
            }
        }
        toCaller.ready(epoch, resumes && now.playout() != null);
        take(new Input.Attached(loop.nowMs(), now.stream(), epoch));
        toModel.catchUp();
    }

    /** To a model session that was opened before there was one to tell. */
    private void tellHistory() {
        journal.replay().forEach(model::send);
        var callerWaits = journal.callerWaits();
        take(new Input.ToolsLeft(loop.nowMs(), journal.toolsLeft()));
        take(new Input.HistoryTold(loop.nowMs(), callerWaits));
    }

    /**
     * The caller's stream is over.
     *
     * @param from the line that is gone; another one's end does not concern this call any more
     * @param quality of its audio; null when nobody says
     */
    public void detach(CallerLine from, Input.LineEnd how, @Nullable StreamQuality quality) {
        if (toCaller.bound(from)) {
            if (quality != null) {
                take(new Input.StreamMeasured(loop.nowMs(), quality.dropping(toModel.newlyDroppedMs())));
            }
            toCaller.unbind();
            arrival = null;
            model.resume();
            take(new Input.Detached(loop.nowMs(), how));
        }
    }

    /** @param stampMs stream time of the first sample @param mulaw valid during this call */
    public void callerAudio(long stampMs, ByteBuf mulaw) {
        toModel.offer(toCaller.gatewayLivedMs(), stampMs, mulaw);
    }

    public void heard(int item, long heardMs, boolean toItsEnd) {
        toCaller.heard(item, heardMs);
        var coming = arrival;
        if (coming != null) {
            arrival = coming.heard(item, heardMs, toItsEnd);
        }
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

    /** Another owner serves the call, or will: lets go without a word to the caller. */
    void superseded() {
        take(new Input.Superseded(loop.nowMs()));
    }

    /**
     * The journal knows a later owner. A gateway that still has the caller here was not told of that: it must not wait for
     * words that nobody says.
     */
    private void stale() {
        toCaller.refused(Calls.Refusal.STALE_EPOCH);
        superseded();
    }

    /** The gateway reads again. */
    public void lineDrained() {
        model.resume();
    }

    /** Comes several times a second. */
    void tick(long nowMs) {
        if (attached() && state.callerSpeaking()) {
            toModel.fillStall(toCaller.gatewayLivedMs());
        }
        if (model.paused() && !toCaller.full()) {
            model.resume();
        }
        take(new Input.Tick(nowMs));
    }

    // What is decided about it.

    /** Effects may bring inputs at once; those wait until the effects before them are done. */
    private void take(Input input) {
        inputs.addAll(toCaller.grown(input.atMs()));
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

    private long neededFromMs() {
        return state.neededFromMs(loop.nowMs());
    }

    private boolean plays(String itemId) {
        return state.plays(itemId);
    }
}
