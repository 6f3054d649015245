package centralita.bridge.openai;

import centralita.bridge.conversation.life.Input.ErrorKind;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;
import java.util.Base64;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to the Realtime API. Created on the media event loop and used on it only; every callback of the socket
 * comes there, too. Order: connect, {@code session.created}, {@code session.update}, {@code session.updated}, then the
 * listener's {@code onReady}.
 *
 * <p>Whatever the server sends, nothing is thrown past this class: what is malformed is counted and dropped.
 */
final class OpenAiModelConnection implements ModelConnection {
    /** A message, and so a frame, of the server: events can carry whole items with their audio (1). */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(OpenAiModelConnection.class);
    /** Waiting bytes above which the caller's audio is kept back: some seconds of one call. */
    private static final int WRITE_QUEUE_BYTES = 64 * 1024;

    private enum Phase {
        CONNECTING,
        CREATING,
        CONFIGURING,
        READY,
        CLOSED
    }

    private final Vertx vertx;
    private final ClientWebSocket socket;
    private final ModelOrder order;
    private final String model;
    private final OpenAiConfig config;
    private final OpenAiMeters meters;
    private final ModelListener listener;
    private final AudioDelta audioDelta = new AudioDelta();
    private Phase phase = Phase.CONNECTING;
    private String sessionId = "";
    private long configureTimer = -1;
    private long pingTimer = -1;
    private int unansweredPings;
    private @Nullable ByteBuf partial;

    OpenAiModelConnection(
            Vertx vertx,
            ClientWebSocket socket,
            ModelOrder order,
            String model,
            OpenAiConfig config,
            OpenAiMeters meters,
            ModelListener listener) {
        this.vertx = vertx;
        this.socket = socket;
        this.order = order;
        this.model = model;
        this.config = config;
        this.meters = meters;
        this.listener = listener;
    }

    void connect(WebSocketConnectOptions handshake) {
        // Set before connecting, or the first message could come before its reader.
        socket.frameHandler(this::onFrame);
        socket.pongHandler(_ -> unansweredPings = 0);
        socket.closeHandler(_ -> onSocketClosed());
        socket.exceptionHandler(failure -> LOG.debugf(failure, "The model's socket failed. callId=%s", order.callId()));
        socket.connect(handshake).onComplete(result -> {
            if (result.succeeded()) {
                onConnected();
            } else {
                onConnectFailed(result.cause());
            }
        });
    }

    private void onConnected() {
        if (phase == Phase.CLOSED) {
            socket.close();
            return;
        }
        if (phase == Phase.CONNECTING) {
            phase = Phase.CREATING;
        }
        socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        socket.drainHandler(_ -> {
            if (phase == Phase.READY) {
                listener.onDrained();
            }
        });
        configureTimer = vertx.setTimer(config.configureTimeout().toMillis(), _ -> fail(true, "not-configured", 0));
        pingTimer = vertx.setPeriodic(config.pingInterval().toMillis(), _ -> ping());
    }

    private void ping() {
        if (unansweredPings >= 2) {
            fail(true, "no-pong", 0);
            return;
        }
        unansweredPings++;
        if (socket.isClosed()) {
            return;
        }
        socket.writePing(Buffer.buffer("c"));
    }

    private void onConnectFailed(Throwable failure) {
        if (failure instanceof UpgradeRejectedException rejected) {
            var status = rejected.getStatus();
            fail(OpenAiErrors.retryableStatus(status), "handshake-" + status, retryAfterMs(rejected));
        } else {
            // A certificate that is not to be trusted now will not be in a second.
            var tls = failure instanceof javax.net.ssl.SSLException;
            LOG.warnf(
                    "The model cannot be reached. callId=%s why=%s",
                    order.callId(), failure.getClass().getSimpleName());
            fail(!tls, tls ? "tls" : "unreachable", 0);
        }
    }

    private static long retryAfterMs(UpgradeRejectedException rejected) {
        var value = rejected.getHeaders() == null ? null : rejected.getHeaders().get("Retry-After");
        try {
            return value == null ? 0 : Math.max(0, Long.parseLong(value.strip()) * 1000);
        } catch (NumberFormatException e) {
            // A date: no server of this API was seen to send one, and our own delay is as good.
            return 0;
        }
    }

    private void onSocketClosed() {
        var code = socket.closeStatusCode();
        var number = code == null ? 1006 : code;
        fail(OpenAiErrors.retryableClose(number), "close-" + number, 0);
    }

    /** The session is over, not by our wish. */
    private void fail(boolean retryable, String why, long retryAfterMs) {
        if (phase == Phase.CLOSED) {
            return;
        }
        var wasConnected = phase != Phase.CONNECTING;
        shut();
        if (wasConnected) {
            socket.close();
        }
        meters.closed(why);
        listener.onClosed(retryable, why, retryAfterMs);
    }

    private void shut() {
        phase = Phase.CLOSED;
        partial = null;
        if (configureTimer >= 0) {
            vertx.cancelTimer(configureTimer);
        }
        if (pingTimer >= 0) {
            vertx.cancelTimer(pingTimer);
        }
    }

    @Override
    public void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        var connected = phase != Phase.CONNECTING;
        shut();
        if (connected) {
            socket.close((short) 1000);
        }
        meters.closed("done");
    }

    private void onFrame(WebSocketFrame frame) {
        if (phase == Phase.CLOSED || frame.isClose() || frame.isPing()) {
            return;
        }
        var payload = ((WebSocketFrameInternal) frame).getBinaryData();
        if (frame.isBinary()) {
            meters.malformed("binary");
            return;
        }
        if (frame.isFinal() && partial == null) {
            onMessage(payload);
            return;
        }
        partial = partial == null ? Unpooled.buffer(2 * payload.readableBytes()) : partial;
        if (partial.readableBytes() + payload.readableBytes() > MAX_MESSAGE_BYTES) {
            meters.malformed("long");
            fail(false, "message-too-long", 0);
            return;
        }
        partial.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        if (frame.isFinal()) {
            var whole = partial;
            partial = null;
            onMessage(whole);
        }
    }

    private void onMessage(ByteBuf payload) {
        byte[] message;
        int from;
        var length = payload.readableBytes();
        if (payload.hasArray()) {
            message = payload.array();
            from = payload.arrayOffset() + payload.readerIndex();
        } else {
            message = new byte[length];
            payload.getBytes(payload.readerIndex(), message);
            from = 0;
        }
        if (phase == Phase.READY && audioDelta.read(message, from, from + length)) {
            onAudio(audioDelta.responseId(), audioDelta.itemId(), message, null);
            return;
        }
        var event = ServerEvents.parse(message, from, length);
        if (event == null) {
            meters.malformed("json");
            return;
        }
        onEvent(event);
    }

    private void onAudio(String responseId, String itemId, byte[] message, @Nullable String base64) {
        byte[] audio;
        try {
            audio = base64 == null
                    ? audioDelta.audio(message)
                    : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            meters.malformed("base64");
            return;
        }
        if (audio.length > 0) {
            listener.onAudio(responseId, itemId, audio);
        }
    }

    private void onEvent(JsonNode event) {
        var type = ServerEvents.text(event, "type");
        switch (type) {
            case "session.created" -> onCreated(event);
            case "session.updated" -> onUpdated();
            default -> {
                if (ServerEvents.isAudio(type)) {
                    onAudio(
                            ServerEvents.text(event, "response_id"),
                            ServerEvents.text(event, "item_id"),
                            new byte[0],
                            ServerEvents.text(event, "delta"));
                } else {
                    deliver(ServerEvents.read(event));
                }
            }
        }
    }

    private void onCreated(JsonNode event) {
        if (phase == Phase.CONNECTING || phase == Phase.CREATING) {
            sessionId = ServerEvents.text(event.path("session"), "id");
            phase = Phase.CONFIGURING;
            write(ClientEvents.bytes(SessionUpdate.of(order, model, config)));
        }
    }

    private void onUpdated() {
        if (phase == Phase.CONFIGURING) {
            phase = Phase.READY;
            vertx.cancelTimer(configureTimer);
            listener.onReady(sessionId, model);
        }
    }

    private void deliver(ModelEvent event) {
        switch (event) {
            case ModelEvent.Other other -> meters.ignored(other.known());
            case ModelEvent.Complained complaint -> complained(complaint);
            default -> {
                if (phase == Phase.READY) {
                    listener.onEvent(event);
                }
            }
        }
    }

    private void complained(ModelEvent.Complained complaint) {
        meters.complained(complaint.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (complaint.kind() == ErrorKind.OURS || complaint.kind() == ErrorKind.FATAL) {
            LOG.errorf(
                    "The model refuses what we sent. callId=%s kind=%s code=%s",
                    order.callId(), complaint.kind(), complaint.code());
        }
        if (phase == Phase.READY) {
            listener.onEvent(complaint);
        } else if (complaint.kind() == ErrorKind.OURS || complaint.kind() == ErrorKind.FATAL) {
            // Without its configuration the session is of no use, and it would be refused again.
            fail(false, "refused-" + complaint.kind().name().toLowerCase(java.util.Locale.ROOT), 0);
        }
    }

    @Override
    public void hear(ByteBuf mulaw) {
        if (phase == Phase.READY && mulaw.isReadable()) {
            write(ClientEvents.append(mulaw));
        }
    }

    @Override
    public void send(ModelCommand command) {
        if (phase == Phase.READY) {
            write(ClientEvents.bytes(ClientEvents.write(command)));
        }
    }

    private void write(ByteBuf text) {
        if (socket.isClosed()) {
            text.release();
            return;
        }
        // Its failure is the socket's, of which the close handler tells.
        socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, text, true));
    }

    @Override
    public boolean full() {
        return phase == Phase.READY && !socket.isClosed() && socket.writeQueueFull();
    }

    @Override
    public void pause() {
        if (phase == Phase.READY && !socket.isClosed()) {
            socket.pause();
        }
    }

    @Override
    public void resume() {
        if (phase == Phase.READY && !socket.isClosed()) {
            socket.resume();
        }
    }
}
