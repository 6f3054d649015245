package centralita.gateway.twilio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;
import java.nio.charset.StandardCharsets;

/**
 * The messages that we send over one media stream, as frames, and the bytes of those that we get. The only place that
 * knows Vert.x' inner frame classes: its public ones make a String of every text frame.
 */
final class StreamFrames {
    private static final byte[] MEDIA_TAIL = ascii("\"}}");

    private final byte[] mediaHead;
    private final byte[] markHead;
    private final byte[] clear;

    /** @param streamSid letters and digits: checked before, because it is written into JSON as it is */
    StreamFrames(String streamSid) {
        this.mediaHead = ascii("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"payload\":\"");
        this.markHead = ascii("{\"event\":\"mark\",\"streamSid\":\"" + streamSid + "\",\"mark\":{\"name\":\"");
        this.clear = ascii("{\"event\":\"clear\",\"streamSid\":\"" + streamSid + "\"}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    WebSocketFrame media(byte[] mulaw, int offset, int length) {
        var message = new byte[mediaHead.length + AudioBase64.encodedLength(length) + MEDIA_TAIL.length];
        System.arraycopy(mediaHead, 0, message, 0, mediaHead.length);
        var end = AudioBase64.encode(mulaw, offset, length, message, mediaHead.length);
        System.arraycopy(MEDIA_TAIL, 0, message, end, MEDIA_TAIL.length);
        return text(message);
    }

    /** @param name needs no escapes */
    WebSocketFrame mark(String name) {
        var letters = ascii(name);
        var message = new byte[markHead.length + letters.length + MEDIA_TAIL.length];
        System.arraycopy(markHead, 0, message, 0, markHead.length);
        System.arraycopy(letters, 0, message, markHead.length, letters.length);
        System.arraycopy(MEDIA_TAIL, 0, message, markHead.length + letters.length, MEDIA_TAIL.length);
        return text(message);
    }

    WebSocketFrame clear() {
        return text(clear);
    }

    private static WebSocketFrame text(byte[] message) {
        return new WebSocketFrameImpl(WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(message), true);
    }

    /** The bytes of a frame that came in; valid during its handler. */
    static ByteBuf bytes(WebSocketFrame frame) {
        return ((WebSocketFrameInternal) frame).getBinaryData();
    }
}
