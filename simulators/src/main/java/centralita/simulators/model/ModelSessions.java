package centralita.simulators.model;

import centralita.simulators.model.protocol.SessionSettings;
import centralita.simulators.speech.ClipRecognizer;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** All sessions of a stand-in, open ones and the last 1,000 that are over. Belongs to one event loop. */
final class ModelSessions {
    /** 15 MiB of audio is the most that one event may carry; base64 makes 20 of them. */
    static final int LONGEST_MESSAGE = 21 * 1_048_576;

    private static final int MOST_ENDED = 1_000;
    private static final int MESSAGE_TOO_BIG = 1009;
    private static final int NO_CLOSE_FRAME = 1006;
    private static final Logger LOG = Logger.getLogger(ModelSessions.class);

    private final Vertx vertx;
    private final ModelStandInOptions options;
    private final FaultBoard faults;
    private final ClipRecognizer recognizer = ClipRecognizer.ofRecordedClips();
    private final Map<String, ModelSession> open = new LinkedHashMap<>();
    private final Queue<SessionRecord> ended = new ArrayDeque<>();
    private final int instance = ThreadLocalRandom.current().nextInt(0x10000);
    private int opened;

    ModelSessions(Vertx vertx, ModelStandInOptions options, FaultBoard faults) {
        this.vertx = vertx;
        this.options = options;
        this.faults = faults;
    }

    String nextSessionId() {
        return "sess_%04x%05x".formatted(instance, ++opened);
    }

    void open(ServerWebSocket socket, Channel channel, Handshake handshake) {
        var wire = new Wire(socket, channel, handshake.scenario().beta(), options.sentFrames());
        if (handshake.betaHeader() && !handshake.scenario().beta()) {
            wire.sendError(
                    "invalid_request_error",
                    "beta_api_shape_disabled",
                    "The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.",
                    null,
                    null);
            wire.close(4000, "invalid_request_error.beta_api_shape_disabled");
            return;
        }
        long expiresAt = (System.currentTimeMillis() + limitMs(handshake)) / 1_000;
        var settings = SessionSettings.initial(handshake.sessionId(), handshake.model(), expiresAt);
        var session = new ModelSession(new Live(vertx, wire, handshake, options, faults, recognizer, settings));
        open.put(handshake.sessionId(), session);
        receive(socket, session);
        socket.exceptionHandler(failure -> LOG.debugf("model socket failed sessionId=%s", handshake.sessionId()));
        socket.closeHandler(_ -> closed(socket, handshake, session));
        session.begin(limitMs(handshake));
    }

    private long limitMs(Handshake handshake) {
        var seconds = handshake.scenario().sessionLimitSeconds();
        return seconds.isPresent()
                ? seconds.getAsInt() * 1_000L
                : options.sessionLimit().toMillis();
    }

    /** Frames are taken as bytes: a String of each audio event would cost as much as all the rest. */
    private void receive(ServerWebSocket socket, ModelSession session) {
        var message = new ByteArrayOutputStream();
        socket.frameHandler(frame -> {
            if (frame.isBinary()) {
                session.receiveBinary();
            } else if (frame.isText() && frame.isFinal()) {
                session.receive(bytes(frame));
            } else if (frame.isText() || frame.isContinuation()) {
                message.writeBytes(bytes(frame));
                if (message.size() > LONGEST_MESSAGE) {
                    message.reset();
                    socket.close((short) MESSAGE_TOO_BIG, "message too big");
                } else if (frame.isFinal()) {
                    var whole = message.toByteArray();
                    message.reset();
                    session.receive(whole);
                }
            }
            // A peer that sends and does not read would grow our queue without bound: let it wait.
            if (!socket.isClosed() && socket.writeQueueFull()) {
                socket.pause();
                vertx.setTimer(5, _ -> resumeWhenRead(socket));
            }
        });
    }

    private void resumeWhenRead(ServerWebSocket socket) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            vertx.setTimer(5, _ -> resumeWhenRead(socket));
        } else {
            socket.resume();
        }
    }

    private static byte[] bytes(WebSocketFrame frame) {
        return ByteBufUtil.getBytes(((WebSocketFrameInternal) frame).getBinaryData());
    }

    private void closed(ServerWebSocket socket, Handshake handshake, ModelSession session) {
        var code = socket.closeStatusCode();
        session.closed(code == null ? NO_CLOSE_FRAME : code);
        open.remove(handshake.sessionId());
        ended.add(session.record());
        if (ended.size() > MOST_ENDED) {
            ended.remove();
        }
    }

    /** Oldest first; ended ones before open ones. */
    List<SessionRecord> records() {
        var records = new ArrayList<>(ended);
        open.values().forEach(session -> records.add(session.record()));
        return records;
    }

    /** @param clientRequestId of the sessions to break; empty for all */
    void drop(String clientRequestId) {
        chosen(clientRequestId).forEach(ModelSession::drop);
    }

    void close(String clientRequestId, int code) {
        chosen(clientRequestId).forEach(session -> session.close(code));
    }

    void expire(String clientRequestId) {
        chosen(clientRequestId).forEach(ModelSession::expire);
    }

    private List<ModelSession> chosen(String clientRequestId) {
        return open.values().stream()
                .filter(session ->
                        clientRequestId.isEmpty() || session.clientRequestId().equals(clientRequestId))
                .toList();
    }
}
