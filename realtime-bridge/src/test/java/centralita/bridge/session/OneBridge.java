package centralita.bridge.session;

import centralita.audiolink.LinkControl;
import centralita.bridge.Samples;
import centralita.bridge.budget.BudgetConfig;
import centralita.bridge.budget.TokenBudgets;
import centralita.bridge.conversation.life.Input;
import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.event.CallEvents;
import centralita.bridge.journal.Journal;
import centralita.bridge.journal.JournalForm;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.bridge.model.OpenedSession;
import centralita.bridge.pool.PoolConfig;
import centralita.bridge.pool.PoolMember;
import centralita.bridge.tool.ToolBox;
import centralita.contracts.call.CallFact;
import centralita.contracts.transcript.TranscriptFact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A whole bridge but for its sockets, with one call: the test is its model, its gateway and its clock. */
final class OneBridge {
    static final int FRAME_MS = 20;

    private final HandLoop loop;
    private final UUID callId;
    private final Calls calls;
    final List<Model> models = new ArrayList<>();
    final HandLine line;
    /** Of the sessions that come; null: nobody writes down what the caller says. */
    @Nullable
    String transcription = "whisper";

    @Nullable
    CallSession session;

    /** What all bridges of a test share. */
    static final class Memory implements Journal, CallEvents {
        final List<String> journal = new ArrayList<>();
        final List<TranscriptFact.Said> transcript = new ArrayList<>();

        @Override
        public Uni<Outcome> append(UUID callId, long epoch, List<JournalEntry> entries) {
            entries.forEach(entry -> journal.add(JournalForm.write(entry)));
            return Uni.createFrom().item(Outcome.KEPT);
        }

        @Override
        public Uni<Outcome> restore(UUID callId, long epoch, List<JournalEntry> entries) {
            if (journal.size() < entries.size()) {
                journal.clear();
            }
            return append(callId, epoch, entries);
        }

        @Override
        public Uni<List<JournalEntry>> read(UUID callId) {
            return Uni.createFrom().item(journal.stream().map(JournalForm::read).toList());
        }

        @Override
        public void publish(UUID callId, @Nullable String traceparent, CallFact fact) {}

        @Override
        public void publish(UUID callId, @Nullable String traceparent, TranscriptFact fact) {
            if (fact instanceof TranscriptFact.Said said) {
                transcript.add(said);
            }
        }

        /** The last word on each item of a party, in order. */
        List<String> said(String party) {
            var last = new LinkedHashMap<String, String>();
            transcript.stream()
                    .filter(said -> said.party().equals(party))
                    .forEach(said -> last.put(said.itemId(), said.text()));
            return List.copyOf(last.values());
        }
    }

    OneBridge(UUID callId, HandLoop loop, Memory memory) {
        this.callId = callId;
        this.loop = loop;
        this.line = new HandLine(loop);
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SessionConfig.class)
                .withMapping(PoolConfig.class)
                .withMapping(BudgetConfig.class)
                .build();
        var budget = config.getConfigMapping(BudgetConfig.class);
        var registry = new SimpleMeterRegistry();
        this.calls = new Calls(
                loop,
                new Connector(),
                new ToolBox(List.of(), null),
                memory,
                memory,
                new ConversationTraces(OpenTelemetry.noop(), Clock.systemUTC()),
                new ConversationMeters(registry),
                config.getConfigMapping(SessionConfig.class),
                new PoolMember(config.getConfigMapping(PoolConfig.class)),
                new TokenBudgets(_ -> Uni.createFrom().voidItem(), budget),
                budget,
                registry);
    }

    /** The call is ordered, its model session is there and the caller as well, with his first stream. */
    void serves(long epoch, boolean resume, LinkControl.@Nullable Playout playout) {
        serves(epoch, resume, "MZ1", playout);
    }

    /** The same, with a stream of which a gateway believes that it is the first. */
    void serves(long epoch, boolean resume, String streamSid, LinkControl.@Nullable Playout playout) {
        var assistant = Samples.prepare(callId, epoch, resume);
        var refused = calls.prepare(assistant, new Order());
        if (refused != null) {
            throw new IllegalStateException("refused: " + refused);
        }
        var attached = calls.attach(new LinkControl.Attach(callId, epoch, streamSid, 1, playout), line);
        session = ((Calls.Attachment.Bound) attached).session();
        loop.advance(10);
        model().ready();
    }

    Model model() {
        return models.getLast();
    }

    CallSession session() {
        if (session == null) {
            throw new IllegalStateException("nobody is served");
        }
        return session;
    }

    /** Frames of the caller's, each filled with its number in the stream; up to 5 s. */
    void hears(long fromMs, long toMs) {
        for (var ms = fromMs; ms < toMs; ms += FRAME_MS) {
            var frame = new byte[FRAME_MS * 8];
            Arrays.fill(frame, (byte) (ms / FRAME_MS));
            session().callerAudio(ms, Unpooled.wrappedBuffer(frame));
        }
    }

    /** One session of the model. */
    final class Model implements ModelConnection {
        private final ModelListener listener;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        final List<ModelCommand> told = new ArrayList<>();
        boolean closed;
        /** Whether nothing of what is said to it arrives any more. */
        boolean swallowed;

        private long arrivedMs;

        Model(ModelListener listener) {
            this.listener = listener;
        }

        void ready() {
            listener.onReady(new OpenedSession("sess", "openai", "gpt-realtime", transcription, 0));
        }

        void breaks() {
            breaks("close-1006");
        }

        void breaks(String why) {
            listener.onClosed(new LostSession("openai", true, why, 0));
        }

        void says(ModelEvent event) {
            listener.onEvent(event);
        }

        /** A second of an answer and its words. */
        void speaks(String responseId, String itemId, String words) {
            listener.onAudio(responseId, itemId, new byte[8_000]);
            listener.onEvent(new ModelEvent.TextDelta(itemId, words));
        }

        void hasSaid(String responseId, String itemId, String text) {
            says(new ModelEvent.AudioDone(itemId));
            says(new ModelEvent.TextDone(itemId, text));
            says(new ModelEvent.ResponseDone(responseId, Input.Status.COMPLETED, null, List.of(), null));
        }

        /** The caller's frames that came here, as stretches of milliseconds of his stream. */
        List<String> heard() {
            var bytes = heard.toByteArray();
            var stretches = new ArrayList<String>();
            var from = 0;
            for (var at = 0; at < bytes.length; at += FRAME_MS * 8) {
                var next = at + FRAME_MS * 8;
                if (next >= bytes.length || (bytes[next] & 0xFF) != (bytes[at] & 0xFF) + 1) {
                    stretches.add((bytes[from] & 0xFF) * FRAME_MS + "-" + ((bytes[at] & 0xFF) + 1) * FRAME_MS);
                    from = next;
                }
            }
            return stretches;
        }

        List<String> asked() {
            return told.stream()
                    .filter(ModelCommand.Ask.class::isInstance)
                    .map(command -> String.valueOf(((ModelCommand.Ask) command).instructions()))
                    .toList();
        }

        List<String> told(ModelCommand.Role role) {
            return told.stream()
                    .filter(command -> command instanceof ModelCommand.Tell tell && tell.role() == role)
                    .map(command -> ((ModelCommand.Tell) command).text())
                    .toList();
        }

        @Override
        public void hear(ByteBuf mulaw) {
            var bytes = new byte[mulaw.readableBytes()];
            mulaw.getBytes(mulaw.readerIndex(), bytes);
            heard.writeBytes(bytes);
            arrivedMs = swallowed ? arrivedMs : heard.size() / 8;
        }

        @Override
        public void send(ModelCommand command) {
            told.add(command);
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public long arrivedMs() {
            return arrivedMs;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void abandon() {
            close();
        }
    }

    private final class Connector implements ModelConnector {
        @Override
        public List<String> names() {
            return List.of("openai");
        }

        @Override
        public List<String> usable() {
            return names();
        }

        @Override
        public ModelConnection open(String provider, ModelOrder order, ModelListener listener) {
            models.add(new Model(listener));
            return model();
        }
    }

    private static final class Order implements PrepareOrder {
        @Override
        public void prepared() {}

        @Override
        public void refused(Calls.Refusal why) {}

        @Override
        public void giveAway(String reason) {}

        @Override
        public void done() {}
    }
}
