package centralita.bridge.link;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.LinkSeal;
import centralita.audiolink.RecordKind;
import centralita.bridge.conversation.life.Input.LineEnd;
import centralita.bridge.session.CallSession;
import centralita.bridge.session.Calls;
import centralita.bridge.session.Calls.Attachment;
import centralita.bridge.session.MediaLoop;
import centralita.bridge.session.PrepareOrder;
import centralita.contracts.json.ContractsJson;
import centralita.mediasocket.LoopPass;
import centralita.mediasocket.MediaSocket;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One gateway's link with all its calls. On the media event loop only. A batch that does not keep the form ends the link
 * with 1002; a control record that cannot be read is answered with {@code malformed} and ends nothing.
 */
final class LinkConnection {
    private static final Logger LOG = Logger.getLogger(LinkConnection.class);
    /** Waiting bytes above which the models' audio is left in their sockets: about a second of a hundred calls. */
    private static final int WRITE_QUEUE_BYTES = 1024 * 1024;

    private static final int HEARD_BYTES = 5;
    private static final short GOING_AWAY = 1001;
    private static final short TRY_AGAIN = 1013;

    private final ServerWebSocket socket;
    private final LinkSeal seal;
    private final Calls calls;
    private final MeterRegistry meters;
    private final MediaLoop loop;
    private final GatewayPulse pulse;
    private final LinkOutlet outlet;
    private final Consumer<LinkConnection> whenClosed;
    private final Map<Integer, Binding> byNumber = new HashMap<>();
    private final Map<Integer, LinkOrder> orders = new HashMap<>();
    private @Nullable ByteBuf partial;
    private boolean closed;

    /** An order to prepare, by the number under which it came. */
    private final class LinkOrder implements PrepareOrder {
        private final int session;
        private final UUID callId;

        LinkOrder(int session, UUID callId) {
            this.session = session;
            this.callId = callId;
        }

        @Override
        public void prepared() {
            outlet.empty(session, 0, RecordKind.PREPARED);
        }

        @Override
        public void refused(Calls.Refusal why) {
            notServed(session, why);
            done();
        }

        @Override
        public void giveAway(String reason) {
            outlet.control(session, RecordKind.GIVE_AWAY, new LinkControl.GiveAway(reason));
        }

        @Override
        public void done() {
            orders.remove(session);
        }
    }

    private record Binding(CallSession session, LinkLine line) {}

    /**
     * @param seal of the gateway's orders on this connection
     * @param whenClosed told once
     */
    LinkConnection(
            ServerWebSocket socket,
            HttpConnection connection,
            LinkSeal seal,
            Calls calls,
            MeterRegistry meters,
            LoopPass pass,
            MediaLoop loop,
            Consumer<LinkConnection> whenClosed) {
        this.whenClosed = whenClosed;
        this.socket = socket;
        this.seal = seal;
        this.calls = calls;
        this.meters = meters;
        this.loop = loop;
        this.pulse = new GatewayPulse(loop.nowMs());
        var media = MediaSocket.ofServer(socket, connection, pass, LinkRecord.MAX_BATCH_BYTES, this::onMessage);
        this.outlet = new LinkOutlet(socket, media.outlet(), pass);
    }

    void open() {
        socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        socket.frameHandler(this::onFrame);
        socket.drainHandler(
                _ -> byNumber.values().forEach(binding -> binding.session().lineDrained()));
        socket.exceptionHandler(failure -> LOG.infof(
                "A gateway's link has failed. why=%s", failure.getClass().getSimpleName()));
        socket.closeHandler(_ -> {
            onClosed();
            whenClosed.accept(this);
        });
        meters.counter("links.opened").increment();
    }

    /** Bytes that the gateway has not taken yet. Any thread. */
    long waitingBytes() {
        return outlet.waitingBytes();
    }

    /** Closes in order, because this bridge stops. Any thread. @return completed when the close frame has left */
    Future<Void> leave() {
        return socket.close(GOING_AWAY, "the bridge leaves");
    }

    /** A gateway whose host is gone closes nothing: its calls would stay for as long as a call may last. */
    void watch(long deadAfterMs) {
        if (!closed && pulse.silentMs(loop.nowMs()) >= deadAfterMs) {
            LOG.warnf("Nothing comes from a gateway any more, its link is closed. calls=%d", byNumber.size());
            meters.counter("links.dead").increment();
            socket.close(TRY_AGAIN, "nothing was heard");
            onClosed();
        }
    }

    /** Every call on it has lost its caller, and waits for another stream. */
    private void onClosed() {
        closed = true;
        partial = null;
        for (var binding : new ArrayList<>(byNumber.values())) {
            binding.session().detach(binding.line(), LineEnd.BROKEN, null);
        }
        byNumber.clear();
        orders.clear();
        calls.count();
    }

    /** A batch that came in one frame: nearly all do. */
    private void onMessage(boolean text, byte[] bytes, int length) {
        pulse.heard(loop.nowMs());
        if (closed) {
            return;
        }
        if (text) {
            close(1002, "binary batches only");
        } else {
            onBatch(Unpooled.wrappedBuffer(bytes, 0, length));
        }
    }

    private void onFrame(WebSocketFrame frame) {
        pulse.heard(loop.nowMs());
        if (closed || frame.isClose() || frame.isPing()) {
            return;
        }
        var payload = ((WebSocketFrameInternal) frame).getBinaryData();
        if (frame.isText() || tooLong(payload)) {
            close(1002, "binary batches only");
            return;
        }
        if (frame.isFinal() && partial == null) {
            onBatch(payload);
            return;
        }
        partial = partial == null ? Unpooled.buffer(payload.readableBytes() * 2) : partial;
        partial.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        if (frame.isFinal()) {
            var batch = partial;
            partial = null;
            onBatch(batch);
        }
    }

    private boolean tooLong(ByteBuf payload) {
        var before = partial == null ? 0 : partial.readableBytes();
        return before + payload.readableBytes() > LinkRecord.MAX_BATCH_BYTES;
    }

    private void onBatch(ByteBuf batch) {
        try {
            LinkRecord.readAll(batch, this::onRecord);
        } catch (LinkRecord.MalformedBatchException e) {
            close(1002, "malformed batch");
        }
    }

    private void close(int code, String why) {
        LOG.warnf("A gateway's link does not keep the form. why=%s", why);
        meters.counter("links.malformed").increment();
        outlet.flushAll();
        socket.close((short) code, why);
        onClosed();
    }

    private void onRecord(int session, int stamp, RecordKind kind, ByteBuf body) {
        if (kind.isOrder() && !seal.opens(session, kind, body)) {
            LOG.warnf("An order is not sealed for this link. kind=%s", kind);
            notServed(session, Calls.Refusal.BAD_SEAL);
            return;
        }
        try {
            switch (kind) {
                case CALLER_AUDIO -> onAudio(session, stamp, body);
                case PREPARE -> onPrepare(session, read(body, LinkControl.Prepare.class));
                case ATTACH -> onAttach(session, read(body, LinkControl.Attach.class));
                case DTMF -> onDigit(session, read(body, LinkControl.Dtmf.class));
                case HEARD -> onHeard(session, stamp, body);
                case CLEARED -> onCleared(session, read(body, LinkControl.Cleared.class));
                case DETACHED -> onDetached(session, read(body, LinkControl.Detached.class));
                case HAND_OVER -> onHandOver(session, read(body, LinkControl.HandOver.class));
                // What only a bridge says.
                case PLAY, ITEM_END, CLEAR, HANG_UP, READY, REFUSED, TRANSFER, GIVE_AWAY, PREPARED, RELEASED, FILLER ->
                    meters.counter("links.misdirected").increment();
            }
        } catch (IllegalArgumentException e) {
            meters.counter("links.malformed").increment();
            LOG.warnf("A control record cannot be read. kind=%s why=%s", kind, e.getMessage());
            if (kind == RecordKind.PREPARE || kind == RecordKind.ATTACH) {
                refuse(session, "malformed");
            }
        }
    }

    private static <T> T read(ByteBuf body, Class<T> type) {
        return ContractsJson.read(body.toString(StandardCharsets.UTF_8), type);
    }

    private void onAudio(int session, int stamp, ByteBuf body) {
        var binding = byNumber.get(session);
        if (binding != null && body.isReadable()) {
            binding.session().callerAudio(Integer.toUnsignedLong(stamp), body);
        }
    }

    private void onPrepare(int session, LinkControl.Prepare prepare) {
        if (prepare.callId() == null
                || prepare.assistant() == null
                || prepare.from() == null
                || prepare.context() == null) {
            throw new IllegalArgumentException("an order to prepare lacks a field");
        }
        var order = new LinkOrder(session, prepare.callId());
        orders.put(session, order);
        var refusal = calls.prepare(prepare, order);
        if (refusal != null) {
            order.refused(refusal);
        }
    }

    private void onAttach(int session, LinkControl.Attach attach) {
        if (attach.callId() == null || attach.streamSid() == null || byNumber.containsKey(session)) {
            throw new IllegalArgumentException("an attach lacks a field or takes another's number");
        }
        var line = new LinkLine(session, outlet, pulse, () -> byNumber.remove(session));
        switch (calls.attach(attach, line)) {
            case Attachment.Bound(var bound)
            when line.isFree() -> LOG.infof("A call was over when its caller came. callId=%s", bound.callId());
            case Attachment.Bound(var bound) -> byNumber.put(session, new Binding(bound, line));
            case Attachment.Refused(var why) -> notServed(session, why);
        }
    }

    private void notServed(int session, Calls.Refusal why) {
        meters.counter("calls.refused", "reason", why.word()).increment();
        outlet.control(session, RecordKind.REFUSED, new LinkControl.Refused(why.word(), why.ended()));
    }

    private void refuse(int session, String why) {
        outlet.control(session, RecordKind.REFUSED, new LinkControl.Refused(why, null));
    }

    private void onDigit(int session, LinkControl.Dtmf dtmf) {
        var binding = byNumber.get(session);
        var digit = dtmf.digit();
        if (digit == null || digit.length() != 1 || "0123456789*#ABCD".indexOf(digit.charAt(0)) < 0) {
            throw new IllegalArgumentException("no key of a telephone");
        }
        if (binding != null) {
            binding.session().digit(digit.charAt(0));
        }
    }

    private void onHeard(int session, int item, ByteBuf body) {
        if (body.readableBytes() < HEARD_BYTES) {
            throw new IllegalArgumentException("a heard position is cut");
        }
        var binding = byNumber.get(session);
        if (binding != null) {
            binding.session().heard(item, body.readUnsignedInt(), body.readByte() == 1);
        }
    }

    private void onCleared(int session, LinkControl.Cleared cleared) {
        if (cleared.items() == null) {
            throw new IllegalArgumentException("a cleared without its items");
        }
        var binding = byNumber.get(session);
        if (binding != null) {
            binding.session().cleared(cleared);
        }
    }

    private void onHandOver(int session, LinkControl.HandOver order) {
        var binding = byNumber.get(session);
        if (binding != null) {
            binding.session().handOver(order.withinMs());
        }
    }

    private void onDetached(int session, LinkControl.Detached detached) {
        var order = orders.remove(session);
        if (order != null) {
            calls.withdraw(order.callId, order);
            return;
        }
        var binding = byNumber.remove(session);
        if (binding != null) {
            // Only an explicit stop ends a call: a call ends because somebody meant it to.
            var how = "stopped".equals(detached.reason()) ? LineEnd.STOPPED : LineEnd.LOST;
            binding.session().detach(binding.line(), how, detached.quality());
            calls.count();
        }
    }
}
