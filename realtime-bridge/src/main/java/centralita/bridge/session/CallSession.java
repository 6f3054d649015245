package centralita.bridge.session;

import centralita.audiolink.LinkControl;
import centralita.bridge.conversation.life.Conversation;
import centralita.bridge.conversation.life.ConversationLife;
import centralita.bridge.conversation.life.Effect;
import centralita.bridge.conversation.life.Input;
import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.journal.Journal;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Tokens;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One call: feeds the conversation with what happens, carries out what it decides, and moves the audio past it. On the
 * media event loop only, so nothing here waits or locks. Owns its model session and ends it with the call.
 */
public final class CallSession {
    private static final Logger LOG = Logger.getLogger(CallSession.class);
    /** An order to the model's ear at most: longer audio is cut, so that no event passes the API's limit. */
    private static final int LONGEST_APPEND_BYTES = 32 * 1024;

    private final LinkControl.Prepare prepare;
    private final ModelOrder order;
    private final SessionEdges edges;
    private final Consumer<CallSession> whenOver;
    private final CallTrace trace;
    private final CallerAudio audio;
    private final ItemRoutes routes = new ItemRoutes();
    private final History history = new History();
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private final List<JournalEntry> unwritten = new ArrayList<>();
    private Conversation state;
    private long epoch;
    private @Nullable CallerLine line;
    private @Nullable ModelConnection model;
    private int modelSession;
    private boolean deciding;
    private boolean modelPaused;
    private long lastAudioMs;
    private boolean stallFilled;
    private long speechHeardAtNanos;
    private long clearReactionMs;
    private long retryAfterMs;

    CallSession(
            LinkControl.Prepare prepare,
            Conversation state,
            ModelOrder order,
            SessionEdges edges,
            Consumer<CallSession> whenOver) {
        this.prepare = prepare;
        this.state = state;
        this.order = order;
        this.edges = edges;
        this.whenOver = whenOver;
        this.epoch = prepare.epoch();
        this.trace = edges.traces().begin(prepare.callId(), prepare.traceparent());
        var config = edges.config();
        this.audio = new CallerAudio(
                config.keptAudio().toMillis(), config.longestFilledGap().toMillis());
    }

    /** Opens the model session; with a history, when another bridge has served this call before. */
    void begin() {
        if (!prepare.resume()) {
            openModel();
            return;
        }
        edges.journal()
                .read(callId())
                .subscribe()
                .with(
                        entries -> edges.loop().soon(() -> {
                            entries.forEach(history::add);
                            openModel();
                        }),
                        failure -> {
                            LOG.warnf(
                                    "The journal cannot be read. callId=%s why=%s",
                                    callId(), failure.getClass().getSimpleName());
                            edges.loop().soon(this::openModel);
                        });
    }

    public UUID callId() {
        return prepare.callId();
    }

    public long epoch() {
        return epoch;
    }

    public boolean attached() {
        return line != null;
    }

    /** What this call holds of audio that nobody has heard, bytes. */
    public int keptBytes() {
        return audio.keptBytes();
    }

    void raiseEpoch(long higher) {
        epoch = Math.max(epoch, higher);
    }

    // The caller's side.

    /** The caller is here. A line that was there before is let go. */
    void attach(CallerLine newLine, int stream, long newEpoch) {
        raiseEpoch(newEpoch);
        var old = line;
        if (old != null) {
            old.free();
        }
        line = newLine;
        audio.newStream();
        lastAudioMs = edges.loop().nowMs();
        decide(new Input.Attached(edges.loop().nowMs(), stream, epoch));
    }

    /** @param from the line that is gone; another one's end does not concern this call any more */
    public void detach(CallerLine from, boolean lost) {
        if (line == from) {
            line = null;
            resumeModel();
            decide(new Input.Detached(edges.loop().nowMs(), lost));
        }
    }

    /** @param stampMs stream time of the first sample @param mulaw valid during this call */
    public void callerAudio(long stampMs, ByteBuf mulaw) {
        lastAudioMs = edges.loop().nowMs();
        stallFilled = false;
        audio.offer(stampMs, mulaw, this::toModel);
    }

    public void heard(int item, long heardMs, boolean toItsEnd) {
        decide(new Input.Heard(edges.loop().nowMs(), item, heardMs, toItsEnd));
    }

    public void cleared(LinkControl.Cleared cleared) {
        var items = cleared.items().stream()
                .map(item -> new Input.HeardItem(item.item(), item.heardMs()))
                .toList();
        decide(new Input.Cleared(edges.loop().nowMs(), cleared.order(), items, clearReactionMs));
    }

    public void digit(char digit) {
        decide(new Input.Digit(edges.loop().nowMs(), digit));
    }

    void hangUp(EndReason reason) {
        decide(new Input.HangUpRequested(edges.loop().nowMs(), reason));
    }

    void superseded() {
        decide(new Input.Superseded(edges.loop().nowMs()));
    }

    /** Comes several times a second. */
    void tick(long nowMs) {
        var config = edges.config();
        if (line != null
                && state.callerSpeaking()
                && !stallFilled
                && nowMs - lastAudioMs >= config.stalledAfter().toMillis()) {
            stallFilled = true;
            audio.fill(config.stallFill().toMillis(), this::toModel);
        }
        var current = line;
        if (modelPaused && (current == null || !current.full())) {
            resumeModel();
        }
        decide(new Input.Tick(nowMs));
    }

    private void toModel(ByteBuf mulaw) {
        var current = model;
        if (current == null || !state.listening() || audio.keeps() || current.full()) {
            audio.keep(mulaw);
            catchUp();
        } else {
            hear(current, mulaw);
        }
    }

    private void catchUp() {
        var current = model;
        while (current != null && state.listening() && audio.keeps() && !current.full()) {
            hear(current, audio.take());
        }
    }

    private static void hear(ModelConnection model, ByteBuf mulaw) {
        while (mulaw.readableBytes() > LONGEST_APPEND_BYTES) {
            model.hear(mulaw.readSlice(LONGEST_APPEND_BYTES));
        }
        model.hear(mulaw);
    }

    // The model's side.

    private void openModel() {
        if (state.ended() == null) {
            modelSession++;
            model = edges.models().open(order, new Ear(modelSession));
        }
    }

    private void reconnect(int attempt) {
        model = null;
        var config = edges.config();
        var doubled = config.reconnectDelay().toMillis() << Math.min(attempt - 1, 5);
        // Jittered between half and whole: a hundred calls that were cut together come back one after another.
        var delayMs = Math.max(Math.min(8_000, doubled / 2 + edges.random().nextLong(doubled / 2 + 1)), retryAfterMs);
        edges.loop().after(delayMs, this::openModel);
    }

    /** Hears one model session; what an old one still says is nobody's business. */
    private final class Ear implements ModelListener {
        private final int session;

        Ear(int session) {
            this.session = session;
        }

        private boolean deaf() {
            return session != modelSession || state.ended() != null;
        }

        @Override
        public void onReady(String modelSessionId, String name) {
            if (deaf()) {
                return;
            }
            var current = model;
            var replay = !history.isEmpty();
            if (replay && current != null) {
                for (var command : history.replay()) {
                    current.send(command);
                }
            }
            decide(new Input.ModelReady(
                    edges.loop().nowMs(), modelSessionId, name, replay, replay && history.callerWaits()));
            catchUp();
        }

        @Override
        public void onAudio(String responseId, String itemId, byte[] mulaw) {
            if (deaf()) {
                return;
            }
            var route = routes.find(itemId);
            if (route == null) {
                route = routes.make(responseId, itemId);
            }
            var first = route.bytes == 0;
            route.bytes += mulaw.length;
            route.grown = true;
            if (first) {
                decide(new Input.AudioStarted(edges.loop().nowMs(), responseId, itemId));
            }
            var current = line;
            if (route.number > 0 && current != null) {
                current.play(route.number, mulaw);
                pauseModelIf(current.full());
            }
        }

        @Override
        public void onEvent(ModelEvent event) {
            if (!deaf()) {
                onModelEvent(event);
            }
        }

        @Override
        public void onDrained() {
            if (!deaf()) {
                catchUp();
            }
        }

        @Override
        public void onClosed(boolean retryable, String why, long waitMs) {
            if (deaf()) {
                return;
            }
            LOG.warnf("The model's session is gone. callId=%s why=%s retryable=%s", callId(), why, retryable);
            model = null;
            retryAfterMs = Math.min(waitMs, 20_000);
            decide(new Input.ModelClosed(edges.loop().nowMs(), retryable, why));
        }
    }

    private void pauseModelIf(boolean full) {
        var current = model;
        if (full && !modelPaused && current != null) {
            modelPaused = true;
            current.pause();
        }
    }

    /** The gateway reads again. */
    public void lineDrained() {
        resumeModel();
    }

    private void resumeModel() {
        var current = model;
        if (modelPaused) {
            modelPaused = false;
            if (current != null) {
                current.resume();
            }
        }
    }

    private void onModelEvent(ModelEvent event) {
        var now = edges.loop().nowMs();
        switch (event) {
            case ModelEvent.SpeechStarted(var itemId, var startMs) -> {
                speechHeardAtNanos = System.nanoTime();
                decide(new Input.SpeechStarted(now, itemId, startMs));
            }
            case ModelEvent.SpeechStopped(var itemId, var endMs) -> decide(new Input.SpeechStopped(now, itemId, endMs));
            case ModelEvent.SpeechCommitted(var itemId) -> decide(new Input.SpeechCommitted(now, itemId));
            case ModelEvent.CallerTranscribed(var itemId, var text, var seconds, var usage) -> {
                transcriptionUsage(seconds, usage);
                decide(new Input.CallerTranscribed(now, itemId, text));
            }
            case ModelEvent.ResponseCreated(var responseId) -> decide(new Input.ResponseCreated(now, responseId));
            case ModelEvent.ItemAdded(var responseId, var itemId) -> {
                routes.make(responseId, itemId);
                decide(new Input.ItemAdded(now, responseId, itemId));
            }
            case ModelEvent.AudioDone(var itemId) -> decide(new Input.AudioEnded(now, itemId));
            case ModelEvent.TextDelta(var itemId, var delta) -> {
                var route = routes.find(itemId);
                if (route != null) {
                    route.text.append(delta);
                    route.grown = true;
                }
            }
            case ModelEvent.TextDone(var itemId, var text) -> {
                var route = routes.find(itemId);
                if (route != null) {
                    route.text.setLength(0);
                    route.text.append(text);
                }
                decide(new Input.TextEnded(now, itemId, text));
            }
            case ModelEvent.ResponseDone(var responseId, var status, var failure, var calls, var usage) -> {
                decide(new Input.ResponseDone(now, responseId, status, failure, calls, modelName(), usage));
                routes.done(responseId, state::plays);
            }
            case ModelEvent.Complained(var kind, var code, var causedBy) ->
                decide(new Input.ModelComplained(now, kind, code, causedBy));
            case ModelEvent.Other _ -> {}
        }
    }

    private String modelName() {
        var named = order.assistant().model().name();
        return named == null ? edges.models().defaultModel() : named;
    }

    private void transcriptionUsage(double seconds, @Nullable Tokens usage) {
        var named = order.assistant().model().transcriptionModel();
        publish(new CallFact.TranscriptionUsage(
                edges.models().provider(),
                named == null ? edges.models().defaultTranscriptionModel() : named,
                seconds,
                usage == null ? Tokens.NONE : usage));
    }

    // Deciding and doing.

    /** Effects may bring inputs at once; those wait until the effects before them are done. */
    private void decide(Input input) {
        if (!(input instanceof Input.Tick)) {
            inputs.addAll(routes.grown(input.atMs()));
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
                decision.effects().forEach(this::carryOut);
            }
            writeJournal();
        } finally {
            deciding = false;
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Ask(var eventId, var instructions) -> send(new ModelCommand.Ask(eventId, instructions));
            case Effect.TellAsCaller(var text) -> send(new ModelCommand.Tell(Role.CALLER, text));
            case Effect.AnswerTool(var toolCallId, var output, var unheardOf) -> {
                if (unheardOf != null) {
                    send(new ModelCommand.RecallTool(toolCallId, unheardOf.name(), unheardOf.arguments()));
                }
                send(new ModelCommand.AnswerTool(toolCallId, output));
            }
            case Effect.Cancel(var responseId) -> send(new ModelCommand.Cancel(responseId));
            case Effect.Truncate(var itemId, var audioEndMs) -> send(new ModelCommand.Truncate(itemId, audioEndMs));
            case Effect.Delete(var itemId) -> send(new ModelCommand.Delete(itemId));
            case Effect.Reconnect(var attempt) -> reconnect(attempt);
            case Effect.Play(var itemId, var item) -> routes.play(itemId, item);
            case Effect.Silence(var itemIds) -> routes.silence(itemIds);
            case Effect.EndItem(var item) -> onLine(caller -> caller.endItem(item));
            case Effect.ClearPlayback(var number) -> {
                onLine(caller -> caller.clear(number));
                clearReactionMs = (System.nanoTime() - speechHeardAtNanos) / 1_000_000;
            }
            case Effect.HangUp(var reason, var afterPlayout) -> onLine(caller -> caller.hangUp(reason, afterPlayout));
            case Effect.RunTool(var toolCallId, var name, var arguments) -> runTool(toolCallId, name, arguments);
            case Effect.Remember(var entry) -> {
                history.add(entry);
                unwritten.add(entry);
            }
            case Effect.Publish(var fact) -> publish(fact);
            case Effect.Transcribe(var fact) -> edges.events().publish(callId(), prepare.traceparent(), fact);
            case Effect.LetGo(var reason) -> letGo(reason);
        }
    }

    private void onLine(Consumer<CallerLine> action) {
        var current = line;
        if (current != null) {
            action.accept(current);
        }
    }

    private void send(ModelCommand command) {
        var current = model;
        if (current != null) {
            current.send(command);
        }
    }

    private void publish(CallFact fact) {
        trace.on(fact);
        edges.meters().on(fact);
        edges.events().publish(callId(), prepare.traceparent(), fact);
    }

    private void runTool(String toolCallId, String name, String arguments) {
        var beganMs = edges.loop().nowMs();
        Supplier<Long> took = () -> edges.loop().nowMs() - beganMs;
        edges.tools()
                .run(order.assistant(), name, arguments)
                .subscribe()
                .with(
                        answer -> onLoop(() -> decide(new Input.ToolFinished(
                                edges.loop().nowMs(), toolCallId, answer.outcome(), answer.output(), took.get()))),
                        failure -> {
                            LOG.errorf(
                                    "A function broke its promise. tool=%s why=%s",
                                    name, failure.getClass().getSimpleName());
                            onLoop(() -> decide(new Input.ToolFinished(
                                    edges.loop().nowMs(), toolCallId, "failed", "{\"error\":\"failed\"}", took.get())));
                        });
    }

    private void onLoop(Runnable task) {
        edges.loop().soon(task);
    }

    private void writeJournal() {
        if (unwritten.isEmpty()) {
            return;
        }
        var entries = List.copyOf(unwritten);
        unwritten.clear();
        edges.journal()
                .append(callId(), epoch, entries)
                .subscribe()
                .with(
                        outcome -> {
                            if (outcome == Journal.Outcome.STALE) {
                                onLoop(this::superseded);
                            }
                        },
                        failure -> LOG.warnf("The journal cannot be written. callId=%s", callId()));
    }

    /** No model session outlives its call (I7), also one that is still being opened. */
    private void letGo(EndReason reason) {
        modelSession++;
        var current = model;
        model = null;
        if (current != null) {
            current.close();
        }
        var caller = line;
        line = null;
        if (caller != null) {
            caller.free();
        }
        routes.forget();
        audio.forget();
        trace.end(reason);
        edges.meters().audio(audio.filledMs(), audio.droppedMs());
        LOG.infof("The conversation is over. callId=%s reason=%s", callId(), reason);
        whenOver.accept(this);
    }
}
