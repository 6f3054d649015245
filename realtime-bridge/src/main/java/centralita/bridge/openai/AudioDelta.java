package centralita.bridge.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the audio in a {@code response.output_audio.delta} without making a tree or a String of it: these are nine tenths
 * of what the model sends. It only takes what it is sure of (one flat object, ASCII, no escapes, no key twice); everything else
 * goes to the JSON parser, which is right by definition.
 *
 * <p>Not thread-safe: one per connection. Remembers the last ids, which rarely change.
 */
final class AudioDelta {
    private static final byte[] TYPE = "type".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESPONSE_ID = "response_id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ITEM_ID = "item_id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELTA = "delta".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WANTED = "response.output_audio.delta".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WANTED_BETA = "response.audio.delta".getBytes(StandardCharsets.US_ASCII);

    private final Span type = new Span();
    private final Span responseIdSpan = new Span();
    private final Span itemIdSpan = new Span();
    private final Span delta = new Span();
    private String responseId = "";
    private String itemId = "";

    /** Where a value is in the message. */
    private static final class Span {
        int from = -1;
        int to = -1;

        boolean found() {
            return from >= 0;
        }
    }

    /**
     * Reads one message.
     *
     * @param message UTF-8
     * @return whether it is an audio delta that we are sure of; then the other methods tell of it until the next call
     */
    boolean read(byte[] message, int from, int to) {
        type.from = responseIdSpan.from = itemIdSpan.from = delta.from = -1;
        var at = skipBlanks(message, from, to);
        if (at >= to || message[at] != '{') {
            return false;
        }
        at++;
        while (true) {
            at = skipBlanks(message, at, to);
            if (at >= to || message[at] != '"') {
                return false;
            }
            var keyEnd = endOfString(message, at + 1, to);
            if (keyEnd < 0) {
                return false;
            }
            var span = spanOf(message, at + 1, keyEnd);
            at = skipBlanks(message, keyEnd + 1, to);
            if (at >= to || message[at] != ':') {
                return false;
            }
            at = skipBlanks(message, at + 1, to);
            if (at >= to) {
                return false;
            }
            if (message[at] == '"') {
                var end = endOfString(message, at + 1, to);
                if (end < 0 || (span != null && span.found())) {
                    return false;
                }
                if (span != null) {
                    span.from = at + 1;
                    span.to = end;
                    if (span == type && !isWanted(message, span)) {
                        return false;
                    }
                }
                at = end + 1;
            } else {
                // Only whole numbers are sure to be what they look like.
                var end = at;
                while (end < to && message[end] >= '0' && message[end] <= '9') {
                    end++;
                }
                if (end == at || span != null || (message[at] == '0' && end - at > 1)) {
                    return false;
                }
                at = end;
            }
            at = skipBlanks(message, at, to);
            if (at >= to) {
                return false;
            }
            if (message[at] == '}') {
                return skipBlanks(message, at + 1, to) == to && complete(message);
            }
            if (message[at] != ',') {
                return false;
            }
            at++;
        }
    }

    private static boolean isWanted(byte[] message, Span span) {
        return Arrays.equals(message, span.from, span.to, WANTED, 0, WANTED.length)
                || Arrays.equals(message, span.from, span.to, WANTED_BETA, 0, WANTED_BETA.length);
    }

    String responseId() {
        return responseId;
    }

    String itemId() {
        return itemId;
    }

    /** The audio of the message last read. @throws IllegalArgumentException when it is not base64 */
    byte[] audio(byte[] message) {
        return Base64.getDecoder().decode(Arrays.copyOfRange(message, delta.from, delta.to));
    }

    private boolean complete(byte[] message) {
        if (!type.found() || !responseIdSpan.found() || !itemIdSpan.found() || !delta.found()) {
            return false;
        }
        responseId = sameOrNew(responseId, message, responseIdSpan);
        itemId = sameOrNew(itemId, message, itemIdSpan);
        return true;
    }

    private static String sameOrNew(String last, byte[] message, Span span) {
        var length = span.to - span.from;
        if (last.length() == length) {
            var i = 0;
            while (i < length && last.charAt(i) == message[span.from + i]) {
                i++;
            }
            if (i == length) {
                return last;
            }
        }
        return new String(message, span.from, length, StandardCharsets.UTF_8);
    }

    private @Nullable Span spanOf(byte[] message, int from, int to) {
        if (Arrays.equals(message, from, to, DELTA, 0, DELTA.length)) {
            return delta;
        }
        if (Arrays.equals(message, from, to, ITEM_ID, 0, ITEM_ID.length)) {
            return itemIdSpan;
        }
        if (Arrays.equals(message, from, to, RESPONSE_ID, 0, RESPONSE_ID.length)) {
            return responseIdSpan;
        }
        return Arrays.equals(message, from, to, TYPE, 0, TYPE.length) ? type : null;
    }

    /** @return the index of the closing quote; -1 when there is none or anything that needs a parser comes first */
    private static int endOfString(byte[] message, int from, int to) {
        for (var i = from; i < to; i++) {
            var b = message[i];
            if (b == '"') {
                return i;
            }
            // Negative bytes are not ASCII, and may be no UTF-8 either.
            if (b == '\\' || b < 0x20) {
                return -1;
            }
        }
        return -1;
    }

    private static int skipBlanks(byte[] message, int from, int to) {
        var at = from;
        while (at < to && (message[at] == ' ' || message[at] == '\n' || message[at] == '\r' || message[at] == '\t')) {
            at++;
        }
        return at;
    }
}
