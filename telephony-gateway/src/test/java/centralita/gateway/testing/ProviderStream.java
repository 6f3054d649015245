package centralita.gateway.testing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** One media stream of the {@link Provider}: what Twilio says on it, and what it has heard. */
public final class ProviderStream {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public final WebSocket socket;
    public final String streamSid;
    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private volatile int closeCode = -1;
    private volatile boolean returnMarks = true;
    private int sequence;
    private int chunk;

    ProviderStream(WebSocket socket, String streamSid) {
        this.socket = socket;
        this.streamSid = streamSid;
        socket.textMessageHandler(text -> {
            var message = new JsonObject(text);
            messages.add(message);
            if (returnMarks && message.getString("event").equals("mark")) {
                mark(message.getJsonObject("mark").getString("name"));
            }
        });
        socket.closeHandler(_ -> closeCode = socket.closeStatusCode() == null ? 1006 : socket.closeStatusCode());
        socket.exceptionHandler(_ -> {});
    }

    /** Reads and answers nothing any more, and keeps its socket. */
    public void freeze() {
        read(false);
    }

    /** A frozen one would not hear that it is closed. */
    void thaw() {
        read(true);
    }

    private void read(boolean again) {
        ((WebSocketInternal) socket).channelHandlerContext().channel().config().setAutoRead(again);
    }

    /** @param lastWords are said after a close has come and before it is answered */
    public void beforeAnsweringClose(Runnable lastWords) {
        var pipeline =
                ((WebSocketInternal) socket).channelHandlerContext().channel().pipeline();
        pipeline.addAfter(
                pipeline.context(WebSocketFrameDecoder.class).name(), "last-words", new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        if (message instanceof CloseWebSocketFrame) {
                            lastWords.run();
                        }
                        context.fireChannelRead(message);
                    }
                });
    }

    public ProviderStream keepMarks() {
        returnMarks = false;
        return this;
    }

    public ProviderStream start(String callSid) {
        return start(callSid, Map.of());
    }

    /** @param parameters as the TwiML gave them along */
    public ProviderStream start(String callSid, Map<String, String> parameters) {
        text(new JsonObject()
                .put("event", "connected")
                .put("protocol", "Call")
                .put("version", "1.0.0")
                .encode());
        text(new JsonObject()
                .put("event", "start")
                .put("sequenceNumber", next())
                .put(
                        "start",
                        new JsonObject()
                                .put("accountSid", Provider.ACCOUNT)
                                .put("streamSid", streamSid)
                                .put("callSid", callSid)
                                .put("tracks", List.of("inbound"))
                                .put(
                                        "mediaFormat",
                                        new JsonObject()
                                                .put("encoding", "audio/x-mulaw")
                                                .put("sampleRate", 8000)
                                                .put("channels", 1))
                                .put("customParameters", JsonObject.mapFrom(parameters)))
                .put("streamSid", streamSid)
                .encode());
        return this;
    }

    private String next() {
        return Integer.toString(++sequence);
    }

    public void media(byte[] mulaw) {
        var payload = Base64.getEncoder().encodeToString(mulaw);
        text("{\"event\":\"media\",\"sequenceNumber\":\"" + next()
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\""
                + ++chunk + "\",\"timestamp\":\"" + chunk * 20 + "\",\"payload\":\"" + payload
                + "\"},\"streamSid\":\"" + streamSid + "\"}");
    }

    public void dtmf(String digit) {
        text(new JsonObject()
                .put("event", "dtmf")
                .put("streamSid", streamSid)
                .put("sequenceNumber", next())
                .put("dtmf", new JsonObject().put("track", "inbound_track").put("digit", digit))
                .encode());
    }

    public void mark(String name) {
        text(new JsonObject()
                .put("event", "mark")
                .put("sequenceNumber", next())
                .put("streamSid", streamSid)
                .put("mark", new JsonObject().put("name", name))
                .encode());
    }

    public void stop(String callSid) {
        text(new JsonObject()
                .put("event", "stop")
                .put("sequenceNumber", next())
                .put("streamSid", streamSid)
                .put(
                        "stop",
                        new JsonObject().put("accountSid", Provider.ACCOUNT).put("callSid", callSid))
                .encode());
    }

    public void text(String text) {
        socket.writeTextMessage(text);
    }

    public List<JsonObject> of(String event) {
        return messages.stream()
                .filter(it -> it.getString("event").equals(event))
                .toList();
    }

    /** All audio that came, in order. */
    public byte[] heard() {
        var all = new java.io.ByteArrayOutputStream();
        of("media")
                .forEach(it -> all.writeBytes(
                        Base64.getDecoder().decode(it.getJsonObject("media").getString("payload"))));
        return all.toByteArray();
    }

    public void await(String event, int count) {
        Awaitility.await(event).atMost(PATIENCE).until(() -> of(event).size() >= count);
    }

    public void awaitBytes(int count) {
        Awaitility.await("audio").atMost(PATIENCE).until(() -> heard().length >= count);
    }

    public boolean closed() {
        return closeCode >= 0;
    }

    public int awaitClose() {
        return Awaitility.await("close").atMost(PATIENCE).until(() -> closeCode, code -> code >= 0);
    }
}
