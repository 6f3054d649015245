package centralita.bridge.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of a socket's frames, and audio and events of messages. What is malformed is counted and dropped;
 * nothing is thrown. Not thread-safe: one per connection.
 */
final class ServerMessages {
    /** A message, and so a frame, of the server: events can carry whole items with their audio (1). */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** Takes what a server says, in order. */
    interface Sink {
        /** @param audio as the provider gives it; never empty, the sink's own */
        void onAudio(String responseId, String itemId, byte[] audio);

        void onEvent(String type, JsonNode event);

        /** A message was longer than {@link #MAX_BYTES}; what follows cannot be understood. */
        void onTooLong();
    }

    private final OpenAiMeters meters;
    private final Sink sink;
    private final AudioDelta audioDelta = new AudioDelta();
    private @Nullable ByteBuf partial;

    ServerMessages(OpenAiMeters meters, Sink sink) {
        this.meters = meters;
        this.sink = sink;
    }

    /** A message that came in one frame. @param bytes valid during the call */
    void onMessage(boolean text, byte[] bytes, int length) {
        if (text) {
            onMessage(bytes, 0, length);
        } else {
            meters.malformed("binary");
        }
    }

    /** @param frame of a message, not of the protocol */
    void onFrame(WebSocketFrame frame) {
        if (frame.isBinary()) {
            meters.malformed("binary");
            return;
        }
        var payload = ((WebSocketFrameInternal) frame).getBinaryData();
        if (frame.isFinal() && partial == null) {
            onMessage(payload);
            return;
        }
        partial = partial == null ? Unpooled.buffer(2 * payload.readableBytes()) : partial;
        if (partial.readableBytes() + payload.readableBytes() > MAX_BYTES) {
            meters.malformed("long");
            forget();
            sink.onTooLong();
            return;
        }
        partial.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        if (frame.isFinal()) {
            var whole = partial;
            partial = null;
            onMessage(whole);
        }
    }

    /** Half a message that will never be whole. */
    void forget() {
        partial = null;
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
        onMessage(message, from, length);
    }

    private void onMessage(byte[] message, int from, int length) {
        if (audioDelta.read(message, from, from + length)) {
            onAudio(audioDelta, message);
            return;
        }
        var event = ServerEvents.parse(message, from, length);
        if (event == null) {
            meters.malformed("json");
            return;
        }
        var type = ServerEvents.text(event, "type");
        if (ServerEvents.isAudio(type)) {
            onAudio(event);
        } else {
            sink.onEvent(type, event);
        }
    }

    private void onAudio(AudioDelta delta, byte[] message) {
        try {
            deliver(delta.responseId(), delta.itemId(), delta.audio(message));
        } catch (IllegalArgumentException e) {
            meters.malformed("base64");
        }
    }

    private void onAudio(JsonNode event) {
        try {
            deliver(
                    ServerEvents.text(event, "response_id"),
                    ServerEvents.text(event, "item_id"),
                    Base64.getDecoder().decode(ServerEvents.text(event, "delta")));
        } catch (IllegalArgumentException e) {
            meters.malformed("base64");
        }
    }

    private void deliver(String responseId, String itemId, byte[] audio) {
        if (audio.length > 0) {
            sink.onAudio(responseId, itemId, audio);
        }
    }
}
