package centralita.bridge.openai;

import centralita.bridge.conversation.life.Input.ErrorKind;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.bridge.model.OpenedSession;
import centralita.mediasocket.LoopPass;
import centralita.mediasocket.MediaSocket;
import centralita.names.HostNames;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One session of the Realtime API from handshake to close. Created on the media event loop and used on it only; every
 * callback of the socket comes there, too. Order: connect, {@code session.created}, {@code session.update},
 * {@code session.updated}, then the listener's {@code onReady}.
 *
 * <p>Whatever the server sends, nothing is thrown past this class.
 */
final class OpenAiModelConnection implements ModelConnection {
    private static final Logger LOG = Logger.getLogger(OpenAiModelConnection.class);
    /** Waiting bytes above which the caller's audio is kept back: some seconds of one call. */
    private static final int WRITE_QUEUE_BYTES = 64 * 1024;
    /** Of a message that takes the short way: half a minute of audio. */
    private static final int LONGEST_TAKEN_BYTES = 512 * 1024;

    private static final int BYTES_PER_MS = 8;

    private enum Phase {
        CONNECTING,
        CREATING,
        CONFIGURING,
        READY,
        CLOSED
    }

    private final Vertx vertx;
    private final Clock clock;
    private final ClientWebSocket socket;
    private final LoopPass pass;
    private final ModelOrder order;
    private final Provider provider;
    private final OpenAiConfig config;
    private final OpenAiMeters meters;
    private final ModelListener listener;
    private final ServerMessages messages;
    private final SocketPulse pulse;
    private final WireAudio wire;
    private Phase phase = Phase.CONNECTING;
    private @Nullable MediaSocket media;
    private String sessionId = "";
    private long lifeMs;
    private long configureTimer = -1;
    private long pulseTimer = -1;
    /** The caller's audio: μ-law, 8 kHz. */
    private long saidBytes;

    OpenAiModelConnection(
            Vertx vertx,
            Clock clock,
            ClientWebSocket socket,
            LoopPass pass,
            ModelOrder order,
            Provider provider,
            OpenAiConfig config,
            OpenAiMeters meters,
            ModelListener listener) {
        this.vertx = vertx;
        this.clock = clock;
        this.socket = socket;
        this.pass = pass;
        this.order = order;
        this.provider = provider;
        this.config = config;
        this.meters = meters;
        this.listener = listener;
        this.wire = WireAudio.of(provider.format());
        this.messages = new ServerMessages(meters, new FromServer());
        this.pulse = new SocketPulse(config.pingInterval().toMillis());
    }

    // The session's life.

    void connect(WebSocketConnectOptions handshake) {
        // Set before connecting, or the first message could come before its reader.
        socket.frameHandler(this::onFrame);
        socket.pongHandler(pong -> pulse.pong(pong.toString()));
        socket.closeHandler(_ -> onSocketClosed());
        socket.exceptionHandler(failure -> LOG.debugf(failure, "The model's socket failed. callId=%s", order.callId()));
        // The framework looks names up on the loop, where nobody may wait.
        Future.fromCompletionStage(HostNames.ready(handshake.getHost()), vertx.getOrCreateContext())
                .compose(_ -> phase == Phase.CLOSED ? Future.failedFuture("closed before") : socket.connect(handshake))
                .onComplete(result -> {
                    if (result.succeeded()) {
                        onConnected(result.result());
                    } else {
                        onConnectFailed(result.cause());
                    }
                });
    }

    private void onConnected(WebSocket opened) {
        if (phase == Phase.CLOSED) {
            socket.close();
            return;
        }
        media = MediaSocket.ofClient(opened, pass, LONGEST_TAKEN_BYTES, this::onMessage);
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
        pulse.start(nowMs());
        pulseTimer = vertx.setPeriodic(config.pingInterval().toMillis(), _ -> beat());
    }

    private void beat() {
        if (pulse.beat(nowMs())) {
            fail(true, "no-pong", 0);
        } else if (!socket.isClosed()) {
            flush();
            socket.writePing(Buffer.buffer(pulse.ping(saidBytes / BYTES_PER_MS)));
        }
    }

    /** Not the wall clock's: that one is set at times. */
    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void onConnectFailed(Throwable cause) {
        if (phase == Phase.CLOSED) {
            return;
        }
        var failure = HandshakeFailure.of(cause);
        LOG.warnf(
                "The model cannot be reached. callId=%s provider=%s why=%s cause=%s",
                order.callId(), provider.name(), failure.why(), cause.getClass().getSimpleName());
        fail(failure.retryable(), failure.why(), failure.retryAfterMs());
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
        meters.closed(provider.name(), why);
        listener.onClosed(new LostSession(provider.name(), retryable, why, retryAfterMs));
    }

    private void shut() {
        phase = Phase.CLOSED;
        messages.forget();
        if (configureTimer >= 0) {
            vertx.cancelTimer(configureTimer);
        }
        if (pulseTimer >= 0) {
            vertx.cancelTimer(pulseTimer);
        }
    }

    @Override
    public void close() {
        if (phase != Phase.CLOSED) {
            end("done");
        }
    }

    private void end(String why) {
        var connected = phase != Phase.CONNECTING;
        shut();
        if (connected) {
            flush();
            socket.close((short) 1000);
        }
        meters.closed(provider.name(), why);
    }

    @Override
    public void abandon() {
        if (phase != Phase.CLOSED) {
            end("unanswered");
        }
    }

    // What the server says.

    private void onMessage(boolean text, byte[] bytes, int length) {
        pulse.heard();
        if (phase != Phase.CLOSED) {
            messages.onMessage(text, bytes, length);
        }
    }

    private void onFrame(WebSocketFrame frame) {
        pulse.heard();
        if (phase != Phase.CLOSED && !frame.isClose() && !frame.isPing()) {
            messages.onFrame(frame);
        }
    }

    private final class FromServer implements ServerMessages.Sink {
        @Override
        public void onAudio(String responseId, String itemId, byte[] audio) {
            if (phase == Phase.READY) {
                var mulaw = wire.heard(itemId, audio);
                if (mulaw.length > 0) {
                    listener.onAudio(responseId, itemId, mulaw);
                }
            }
        }

        @Override
        public void onEvent(String type, JsonNode event) {
            switch (type) {
                case "session.created" -> onCreated(event);
                case "session.updated" -> onUpdated();
                default -> deliver(ServerEvents.read(event));
            }
        }

        @Override
        public void onTooLong() {
            fail(false, "message-too-long", 0);
        }
    }

    private void onCreated(JsonNode event) {
        if (phase == Phase.CONNECTING || phase == Phase.CREATING) {
            sessionId = ServerEvents.text(event.path("session"), "id");
            lifeMs = lifeMs(event.path("session").path("expires_at").asLong());
            phase = Phase.CONFIGURING;
            write(ClientEvents.bytes(provider.dialect().render(SessionUpdate.of(order, provider, config))));
        }
    }

    /** A limit that is over already is a wrong clock, theirs or ours. @param expiresAt Unix seconds; 0: not said */
    private long lifeMs(long expiresAt) {
        var said = Math.max(0, expiresAt * 1_000 - clock.millis());
        var known = provider.sessionLimit().toMillis();
        return said == 0 || known == 0 ? Math.max(said, known) : Math.min(said, known);
    }

    private void onUpdated() {
        if (phase == Phase.CONFIGURING) {
            phase = Phase.READY;
            vertx.cancelTimer(configureTimer);
            listener.onReady(new OpenedSession(
                    sessionId, provider.name(), provider.modelFor(order), provider.transcriptionFor(order), lifeMs));
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
        var kind = complaint.kind().name().toLowerCase(Locale.ROOT);
        meters.complained(kind);
        var serious = complaint.kind() == ErrorKind.OURS || complaint.kind() == ErrorKind.FATAL;
        if (serious) {
            LOG.errorf(
                    "The model refuses what we sent. callId=%s provider=%s kind=%s code=%s",
                    order.callId(), provider.name(), complaint.kind(), complaint.code());
        }
        if (phase == Phase.READY) {
            listener.onEvent(complaint);
        } else if (serious) {
            // Without its configuration the session is of no use, and it would be refused again.
            fail(false, "refused-" + kind, 0);
        }
    }

    // What the server is told.

    @Override
    public void hear(ByteBuf mulaw) {
        if (phase == Phase.READY && mulaw.isReadable()) {
            saidBytes += mulaw.readableBytes();
            write(wire.append(mulaw));
        }
    }

    @Override
    public void send(ModelCommand command) {
        if (phase == Phase.READY) {
            write(ClientEvents.bytes(provider.dialect().render(ClientEvents.write(command, wire))));
        }
    }

    private void write(byte[] text) {
        if (socket.isClosed()) {
            return;
        }
        var to = media;
        if (to != null) {
            to.outlet().text(text, 0, text.length);
        } else {
            // The server's first word came before that of the opening. A failure is the socket's, which tells of its
            // end.
            socket.writeFrame(WebSocketFrame.textFrame(new String(text, StandardCharsets.UTF_8), true));
        }
    }

    private void flush() {
        var to = media;
        if (to != null) {
            to.outlet().flush();
        }
    }

    @Override
    public boolean full() {
        var to = media;
        return to != null
                && phase == Phase.READY
                && !socket.isClosed()
                && to.outlet().full();
    }

    @Override
    public long arrivedMs() {
        return pulse.arrivedMs();
    }

    @Override
    public void pause() {
        var from = media;
        if (from != null && phase == Phase.READY && !socket.isClosed()) {
            pulse.deaf();
            from.pause();
        }
    }

    @Override
    public void resume() {
        var from = media;
        if (from != null && phase == Phase.READY && !socket.isClosed()) {
            pulse.listening();
            from.resume();
        }
    }
}
