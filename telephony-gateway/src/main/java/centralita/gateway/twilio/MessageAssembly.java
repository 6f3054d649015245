package centralita.gateway.twilio;

import io.netty.buffer.ByteBuf;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts one message together from its frames, in memory that is used again and is bounded: the framework would queue
 * without end (F-R1, F-R3), and make a String of every text frame. Event loop only.
 */
final class MessageAssembly {
    private final int maxBytes;
    private byte[] bytes = new byte[0];
    private int length;

    MessageAssembly(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The payload of a frame that came in; valid during its handler. */
    static ByteBuf payload(WebSocketFrame frame) {
        return ((WebSocketFrameInternal) frame).getBinaryData();
    }

    /** Appends a frame's payload. @return false when the message is too long: nothing was appended */
    boolean append(ByteBuf payload) {
        var more = payload.readableBytes();
        if (length + more > maxBytes) {
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(bytes.length * 2, length + more)));
        }
        payload.getBytes(payload.readerIndex(), bytes, length, more);
        length += more;
        return true;
    }

    /** Ends the message; the next frame begins another. @return its length; its bytes are {@link #bytes} until then */
    int end() {
        var whole = length;
        length = 0;
        return whole;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether the first bytes are text. */
    static boolean isUtf8(byte[] bytes, int count) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
