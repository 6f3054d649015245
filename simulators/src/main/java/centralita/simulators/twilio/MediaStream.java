package centralita.simulators.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.WebSocketInternal;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One bidirectional media stream (twilio.md 3), seen from Twilio: sends what the caller says, plays what we send on the
 * line's clock. On the call's event loop.
 */
final class MediaStream implements Stage {
    /** What our side may have to read before Twilio starts dropping caller audio (31930). */
    private static final int MAX_UNWRITTEN_BYTES = 64 * 1024;

    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** How a stream ended. */
    enum End {
        /** Our server closed the socket: TwiML goes on. */
        CLOSED_BY_SERVER,
        /** The handshake was refused, or the socket broke. */
        FAILED,
        /** The call ended, or was given other TwiML. */
        STOPPED
    }

    private final LiveCall call;
    private final Verb.ConnectStream verb;
    private final String streamSid = Sids.next("MZ");
    private final StreamMessages messages;
    private final PlaybackBuffer playback = new PlaybackBuffer();
    private final Promise<End> ended = Promise.promise();
    private final DelayLine toUs;
    private final DelayLine fromUs;
    private Buffer fragments = Buffer.buffer();
    private @Nullable WebSocket socket;
    private long openedAtMs = -1;
    private int closeCode;
    private long frames;
    private long framesSent;
    private long marksSeen;
    private long refused;
    private String failure = "";
    private boolean slowReaderReported;

    MediaStream(LiveCall call, Verb.ConnectStream verb) {
        this.call = call;
        this.verb = verb;
        this.messages = new StreamMessages(call.exchange().settings().accountSid(), call.sid(), streamSid);
        var conditions = call.streamConditions();
        this.toUs = new DelayLine(call.exchange().vertx(), conditions.delay(), conditions.jitter());
        this.fromUs = new DelayLine(call.exchange().vertx(), conditions.delay(), conditions.jitter());
    }

    /** Connects. @return how it ended; never fails */
    Future<End> run(URI documentUrl) {
        URI url;
        try {
            url = streamUrl(documentUrl);
        } catch (IllegalArgumentException e) {
            return failed(31923, "malformed stream URL");
        }
        var plainAllowed =
                "http".equals(call.exchange().settings().publicBaseUrl().getScheme());
        if (!"wss".equals(url.getScheme()) && !(plainAllowed && "ws".equals(url.getScheme()))) {
            return failed(31922, "stream URL is not wss");
        }
        call.exchange().connect(options(url)).onComplete(connected -> {
            if (connected.failed()) {
                failed(codeOf(connected.cause()), "stream handshake failed");
            } else if (ended.future().isComplete()) {
                connected.result().close();
            } else {
                opened(connected.result());
            }
        });
        return ended.future();
    }

    private URI streamUrl(URI documentUrl) {
        var url = URI.create(verb.url());
        if (!url.isAbsolute()) {
            var there = documentUrl.resolve(url);
            var scheme = "https".equals(there.getScheme()) ? "wss" : "ws";
            url = URI.create(
                    scheme + there.toString().substring(there.getScheme().length()));
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException("no host");
        }
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        // Query strings never arrive.
        return URI.create(url.getScheme() + "://" + url.getHost() + port + url.getRawPath());
    }

    private WebSocketConnectOptions options(URI url) {
        var secure = "wss".equals(url.getScheme());
        var options = new WebSocketConnectOptions()
                .setAllowOriginHeader(false)
                .setHost(url.getHost())
                .setPort(url.getPort() < 0 ? (secure ? 443 : 80) : url.getPort())
                .setSsl(secure)
                .setURI(RequestSignature.target(url))
                .setConnectTimeout(5_000);
        options.setTimeout(10_000);
        options.putHeader("User-Agent", "Twilio.TmeWs/1.0");
        options.putHeader("X-Twilio-Signature", call.exchange().signature().of(url, Map.of()));
        options.putHeader("Accept-Encoding", "gzip");
        return options;
    }

    private void opened(WebSocket opened) {
        socket = opened;
        openedAtMs = nowMs();
        opened.setWriteQueueMaxSize(MAX_UNWRITTEN_BYTES);
        opened.frameHandler(this::frame);
        opened.exceptionHandler(e -> failure = e.getClass().getSimpleName());
        opened.closeHandler(closed -> fromUs.carry(this::closedByServer));
        send(StreamMessages.CONNECTED);
        send(messages.start(verb.parameters()));
        var pause = call.streamConditions().readPause().toMillis();
        if (pause > 0) {
            opened.pause();
            call.exchange().vertx().setTimer(pause, timer -> opened.resume());
        }
        call.notice(new LineEvent.StreamOpened(streamSid));
        status("stream-started", "");
    }

    private void closedByServer() {
        if (ended.future().isComplete() || socket == null) {
            return;
        }
        var code = socket.closeStatusCode();
        closeCode = code == null ? CallReport.Stream.NO_CODE : code;
        var clean = closeCode == 1000 || closeCode == 1001 || closeCode == 1005;
        if (clean) {
            end(End.CLOSED_BY_SERVER, true);
            status("stream-stopped", "");
        } else {
            call.incident(31921, "stream socket closed with " + closeCode + " " + failure);
            end(End.FAILED, true);
            status("stream-error", "socket closed abnormally");
        }
    }

    private void frame(WebSocketFrame frame) {
        if (frame.isClose() || frame.isPing()) {
            return;
        }
        if (frame.isBinary()) {
            refuse("binary message");
            return;
        }
        if (frame.isFinal() && fragments.length() == 0) {
            message(bytes(frame));
            return;
        }
        fragments.appendBytes(bytes(frame));
        if (fragments.length() > MAX_MESSAGE_BYTES) {
            refuse("message is larger than " + MAX_MESSAGE_BYTES);
            fragments = Buffer.buffer();
            call.exchange().vertx().runOnContext(go -> closeBroken());
            return;
        }
        if (frame.isFinal()) {
            var whole = fragments.getBytes();
            fragments = Buffer.buffer();
            message(whole);
        }
    }

    private void closeBroken() {
        if (socket != null) {
            socket.close((short) 1009, "message too large");
        }
    }

    private static byte[] bytes(WebSocketFrame frame) {
        return frame.binaryData().getBytes();
    }

    private void message(byte[] json) {
        var command = StreamCommand.read(json, streamSid);
        fromUs.carry(() -> obey(command));
    }

    private void obey(StreamCommand command) {
        if (ended.future().isComplete()) {
            return;
        }
        switch (command) {
            case StreamCommand.Media(var mulaw) -> {
                if (!playback.offer(mulaw)) {
                    refuse("playback buffer is full");
                }
            }
            case StreamCommand.Mark(var name) -> {
                marksSeen++;
                playback.mark(name).forEach(due -> send(messages.mark(due)));
            }
            case StreamCommand.Clear() -> {
                var droppedBefore = playback.droppedBytes();
                playback.clear().forEach(due -> send(messages.mark(due)));
                call.notice(new LineEvent.StreamCleared(
                        streamSid, playback.playedMs(), (playback.droppedBytes() - droppedBefore) / 8));
            }
            case StreamCommand.Refused(var why) -> refuse(why);
        }
    }

    private void refuse(String why) {
        refused++;
        call.incident(31924, why);
    }

    @Override
    public int play(byte[] frame) {
        int played = playback.play(frame);
        playback.dueMarks().forEach(due -> send(messages.mark(due)));
        return played;
    }

    @Override
    public void take(byte[] frame) {
        var open = socket;
        if (open == null || open.isClosed()) {
            return;
        }
        var number = frames++;
        if (call.streamConditions().lost(number)) {
            return;
        }
        if (open.writeQueueFull()) {
            if (!slowReaderReported) {
                slowReaderReported = true;
                call.incident(31930, "our side reads too slowly, caller audio is dropped");
            }
            return;
        }
        framesSent++;
        send(messages.media((number + 1) * FramePacer.FRAME_MS, frame));
    }

    @Override
    public void digit(char digit) {
        send(messages.dtmf(digit));
    }

    /** Twilio ends the stream: the caller has hung up, or the call got other TwiML. */
    @Override
    public void stop() {
        if (ended.future().isComplete()) {
            return;
        }
        var open = socket;
        if (open != null && call.streamConditions().stopMessage()) {
            send(messages.stop());
        }
        end(End.STOPPED, false);
        if (open == null) {
            return;
        }
        status("stream-stopped", "");
        toUs.carry(() -> {
            if (call.streamConditions().abruptEnd()) {
                ((WebSocketInternal) open).channelHandlerContext().close();
            } else {
                open.close();
            }
        });
    }

    private void end(End how, boolean byServer) {
        if (ended.tryComplete(how)) {
            call.streamEnded(new CallReport.Stream(
                    streamSid,
                    openedAtMs,
                    nowMs(),
                    closeCode,
                    framesSent,
                    playback.playedMs(),
                    playback.droppedBytes() / 8,
                    marksSeen,
                    refused));
            call.notice(new LineEvent.StreamClosed(streamSid, byServer));
        }
    }

    private Future<End> failed(int code, String why) {
        call.incident(code, why);
        ended.tryComplete(End.FAILED);
        status("stream-error", why);
        return ended.future();
    }

    private void send(String message) {
        var open = socket;
        if (open != null) {
            toUs.carry(() -> {
                if (!open.isClosed()) {
                    open.writeTextMessage(message);
                }
            });
        }
    }

    private void status(String event, String error) {
        var to = verb.statusCallback();
        if (to.present()) {
            call.streamStatus(
                    to,
                    Map.of(
                            "StreamSid", streamSid,
                            "StreamName", verb.name().isEmpty() ? streamSid : verb.name(),
                            "StreamEvent", event,
                            "StreamError", error,
                            "Timestamp", Instant.now().toString()));
        }
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    private static int codeOf(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException e -> 31920;
            case SSLException e -> 31910;
            case TimeoutException e -> 31901;
            default -> 31902;
        };
    }
}
