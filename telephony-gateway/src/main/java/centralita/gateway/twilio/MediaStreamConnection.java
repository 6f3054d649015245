package centralita.gateway.twilio;

import centralita.gateway.MediaLoop;
import centralita.gateway.call.CallStreams;
import centralita.gateway.session.AudioSession;
import centralita.gateway.session.CallerSocket;
import centralita.gateway.session.StreamEnd;
import centralita.mediasocket.MediaSocket;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One media stream's socket, from its upgrade to its close. Nothing is done for it before a {@code start} that fits its
 * token. Memory is bounded: one message at most is put together, and the other end is read no faster than it may send.
 * Event loop only.
 */
final class MediaStreamConnection implements CallerSocket {
    private static final Logger LOG = Logger.getLogger(MediaStreamConnection.class);
    /** Audio of five seconds and more as base64; what is more waits where an interruption can forget it. */
    private static final int WRITE_QUEUE_BYTES = 128 * 1024;

    /** For the provider's answer to a close. */
    private static final long LEAVE_MS = 1_000;

    private static final int MALFORMED_ALLOWED = 20;
    /** Policy violation: the provider then goes on with the next verb, and the call is not lost by it. */
    private static final short GOING_WRONG = 1008;

    private final ServerWebSocket socket;
    private final MediaSocket media;
    private final StreamToken.Ticket ticket;
    private final CallStreams streams;
    private final MediaLoop loop;
    private final String account;
    private final MediaStreamConfig limits;
    private final MediaStreamMetrics metrics;
    private final MediaScanner scanner = new MediaScanner();
    private final MessageAssembly message;
    private final FloodGuard flood;
    private final long startTimer;

    private boolean started;
    private boolean leaving;
    private boolean closed;
    private int malformed;
    private long lastMediaMs;
    private long lastLifeMs;
    private boolean gapTold;
    private byte[] streamSid = new byte[0];
    private @Nullable AudioSession session;
    private @Nullable StreamOutlet outlet;

    MediaStreamConnection(
            ServerWebSocket socket,
            HttpConnection connection,
            StreamToken.Ticket ticket,
            CallStreams streams,
            MediaLoop loop,
            String account,
            MediaStreamConfig limits,
            MediaStreamMetrics metrics) {
        this.socket = socket;
        this.ticket = ticket;
        this.streams = streams;
        this.loop = loop;
        this.account = account;
        this.limits = limits;
        this.metrics = metrics;
        this.media = MediaSocket.ofServer(socket, connection, loop.pass(), limits.maxMessageBytes(), this::whole);
        this.message = new MessageAssembly(limits.maxMessageBytes());
        this.flood = new FloodGuard(limits.maxBytesPerSecond(), limits.burstBytes(), loop.nowMs());
        this.lastMediaMs = loop.nowMs();
        this.lastLifeMs = lastMediaMs;
        this.startTimer = loop.after(limits.startTimeoutMs(), () -> {
            if (!started) {
                refuse(GOING_WRONG, "no-start");
            }
        });
    }

    /** Begins to read. */
    void open() {
        socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        socket.frameHandler(this::frame);
        socket.pongHandler(_ -> lastLifeMs = loop.nowMs());
        socket.exceptionHandler(this::failed);
        socket.closeHandler(_ -> over(StreamEnd.LOST));
    }

    /** A message that came in one frame: nearly all do. */
    private void whole(boolean text, byte[] bytes, int length) {
        if (closed) {
            return;
        }
        lastLifeMs = loop.nowMs();
        if (!flood.allows(length, lastLifeMs)) {
            refuse(GOING_WRONG, "flood");
        } else if (text) {
            message(bytes, length);
        } else {
            refuse((short) 1003, "binary");
        }
    }

    /** What does not come as a whole message. */
    private void frame(WebSocketFrame frame) {
        if (closed) {
            return;
        }
        var bytes = MessageAssembly.payload(frame);
        lastLifeMs = loop.nowMs();
        if (!flood.allows(bytes.readableBytes(), lastLifeMs)) {
            refuse(GOING_WRONG, "flood");
            return;
        }
        switch (frame.type()) {
            case TEXT, CONTINUATION -> text(bytes, frame.isFinal());
            case BINARY -> refuse((short) 1003, "binary");
            case PING -> {
                // Answered by the server itself; a peer that reads none of the answers makes them pile up.
                if (socket.writeQueueFull()) {
                    refuse(GOING_WRONG, "flood");
                }
            }
            case PONG, CLOSE -> lastLifeMs = loop.nowMs();
        }
    }

    private void text(ByteBuf payload, boolean last) {
        if (!message.append(payload)) {
            refuse((short) 1009, "too-large");
        } else if (last) {
            message(message.bytes(), message.end());
        }
    }

    private void message(byte[] bytes, int length) {
        var to = session;
        if (to != null && scanner.scan(bytes, length, streamSid)) {
            if (!audio(to, bytes, scanner.payloadStart(), scanner.payloadEnd(), scanner.timestampMs())) {
                malformed();
            }
            return;
        }
        if (!MessageAssembly.isUtf8(bytes, length)) {
            refuse((short) 1007, "not-utf8");
            return;
        }
        try {
            read(MediaStreamReader.read(bytes, length));
        } catch (MediaStreamReader.MalformedMessageException _) {
            malformed();
        }
    }

    private void malformed() {
        metrics.malformed();
        if (++malformed > MALFORMED_ALLOWED) {
            refuse(GOING_WRONG, "malformed");
        }
    }

    private void read(MediaStreamMessage message) {
        switch (message) {
            case MediaStreamMessage.Connected _ -> lastLifeMs = loop.nowMs();
            case MediaStreamMessage.Start start -> start(start);
            case MediaStreamMessage.Media media -> media(media);
            case MediaStreamMessage.Dtmf(var digit) -> dtmf(digit);
            case MediaStreamMessage.Mark(var name) -> {
                var to = session;
                if (to != null) {
                    to.markReturned(name);
                }
            }
            case MediaStreamMessage.Stop _ -> {
                if (started) {
                    // After our close it need not be the end of the call.
                    over(leaving ? StreamEnd.LOST : StreamEnd.STOPPED);
                }
            }
            // A kind that we do not know must not end somebody's call.
            case MediaStreamMessage.Other _ -> metrics.unknown();
        }
    }

    private void start(MediaStreamMessage.Start start) {
        if (started) {
            metrics.unknown();
            return;
        }
        var complaint = start.complaint(ticket, account);
        if (complaint.isPresent()) {
            refuse(GOING_WRONG, complaint.get());
            return;
        }
        if (streams.streaming(ticket.callId())) {
            refuse(GOING_WRONG, "second-stream");
            return;
        }
        started = true;
        loop.cancel(startTimer);
        lastMediaMs = loop.nowMs();
        streamSid = start.streamSid().getBytes(StandardCharsets.US_ASCII);
        outlet = new StreamOutlet(socket, media.outlet(), start.streamSid());
        // While we ask who the call belongs to, what comes stays unread in the kernel and is not lost.
        media.pause();
        streams.attach(ticket.callId(), start.call(), start.parameters().standing(), start.streamSid(), this)
                .onComplete(this::attached, failure -> {
                    LOG.errorf(failure, "A stream cannot be attached. callId=%s", ticket.callId());
                    attached(Optional.empty());
                });
    }

    private void attached(Optional<AudioSession> found) {
        session = found.orElse(null);
        media.resume();
        if (found.isEmpty()) {
            refuse((short) 1011, "unknown-call");
        } else if (closed) {
            found.get().ended(StreamEnd.LOST);
        }
    }

    private void media(MediaStreamMessage.Media media) {
        var to = session;
        if (to == null || !media.track().equals("inbound")) {
            metrics.unknown();
            return;
        }
        if (!media.streamSid().isEmpty()
                && !media.streamSid().equals(new String(streamSid, StandardCharsets.US_ASCII))) {
            metrics.unknown();
            return;
        }
        var base64 = media.payload().getBytes(StandardCharsets.UTF_8);
        if (!audio(to, base64, 0, base64.length, media.timestampMs())) {
            malformed();
        }
    }

    private boolean audio(AudioSession to, byte[] text, int from, int end, long timestampMs) {
        var most = AudioBase64.maxDecodedLength(end - from);
        if (most == 0 || most > to.maxFrameBytes()) {
            return end == from;
        }
        var at = to.reserve(most);
        var length = AudioBase64.decode(text, from, end, to.frameMemory(), at);
        if (length < 0) {
            return false;
        }
        lastMediaMs = lastLifeMs;
        gapTold = false;
        to.commit(timestampMs, length);
        return true;
    }

    private void dtmf(String digit) {
        var to = session;
        if (to != null && digit.length() == 1 && "0123456789*#ABCD".contains(digit)) {
            to.dtmf(digit);
        } else {
            metrics.unknown();
        }
    }

    /** Once in a while: asks a silent peer for a sign of life, and gives up one that is dead (F-W5, F-R7). */
    void watch(long nowMs) {
        if (closed || !started || nowMs - lastMediaMs < limits.gapWarnMs()) {
            return;
        }
        if (!gapTold) {
            gapTold = true;
            metrics.gap();
        }
        if (nowMs - lastLifeMs > limits.gapDeadMs()) {
            metrics.dead();
            refuse((short) 1001, "dead");
            // A peer that is not there answers no close either.
            over(StreamEnd.LOST);
        } else if (!socket.writeQueueFull()) {
            socket.writePing(Buffer.buffer()).onFailure(_ -> over(StreamEnd.LOST));
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupted && !closed) {
            refuse((short) corrupted.closeStatus().code(), "protocol");
        }
    }

    private void refuse(short code, String reason) {
        if (closed) {
            return;
        }
        metrics.refused(reason);
        LOG.infof("A media stream is closed. callId=%s code=%d reason=%s", ticket.callId(), code, reason);
        var to = session;
        closed = true;
        media.outlet().flush();
        socket.close(code, reason).onFailure(_ -> metrics.unclean());
        if (to != null) {
            to.ended(StreamEnd.LOST);
        }
        over(StreamEnd.LOST);
    }

    private void over(StreamEnd end) {
        closed = true;
        loop.cancel(startTimer);
        metrics.closed(this);
        var to = session;
        if (to != null) {
            to.ended(end);
        }
    }

    // For the session.

    private boolean speaks() {
        return !closed && !leaving;
    }

    @Override
    public boolean media(byte[] mulaw, int offset, int length) {
        var to = outlet;
        return to != null && speaks() && to.media(mulaw, offset, length);
    }

    @Override
    public void mark(String name) {
        var to = outlet;
        if (to != null && speaks()) {
            to.mark(name);
        }
    }

    @Override
    public void clear() {
        var to = outlet;
        if (to != null && speaks()) {
            to.clear();
        }
    }

    @Override
    public void close(short code, String reason) {
        closed = true;
        if (!socket.isClosed()) {
            media.outlet().flush();
            socket.close(code, reason).onFailure(_ -> metrics.unclean());
        }
        over(StreamEnd.CLOSED);
    }

    @Override
    public void leave(short code, String reason) {
        if (!speaks()) {
            return;
        }
        leaving = true;
        media.outlet().flush();
        socket.close(code, reason).onFailure(_ -> metrics.unclean());
        loop.after(LEAVE_MS, () -> {
            if (!closed) {
                over(StreamEnd.LOST);
            }
        });
    }
}
