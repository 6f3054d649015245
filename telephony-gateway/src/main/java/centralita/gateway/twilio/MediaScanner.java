package centralita.gateway.twilio;

import java.nio.charset.StandardCharsets;

/**
 * Finds the audio in a {@code media} message of the one form in which Twilio sends it, without a tree and without a
 * String. It takes nothing that {@link MediaStreamReader} would read otherwise; whatever it does not know for certain,
 * it leaves to that. Not thread-safe: one per event loop.
 */
final class MediaScanner {
    private static final byte[] HEAD = ascii("{\"event\":\"media\",\"sequenceNumber\":\"");
    private static final byte[] TRACK = ascii("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":\"");
    private static final byte[] STREAM = ascii("\"},\"streamSid\":\"");
    private static final byte[] TAIL = ascii("\"}");
    /** Digits that surely fit a long. */
    private static final int MAX_DIGITS = 15;

    private byte[] text = new byte[0];
    private int at;
    private int end;
    private long timestampMs;
    private int payloadStart;
    private int payloadEnd;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param message a whole text message; not kept beyond the reading of the results
     * @param streamSid of this stream, ASCII; a message that names another is not taken
     * @return whether the results may be read
     */
    boolean scan(byte[] message, int length, byte[] streamSid) {
        text = message;
        at = 0;
        end = length;
        if (!take(HEAD) || number() < 0 || !take(TRACK) || number() < 0 || !take(TIMESTAMP)) {
            return false;
        }
        timestampMs = number();
        if (timestampMs < 0 || !take(PAYLOAD)) {
            return false;
        }
        payloadStart = at;
        while (at < end && text[at] != '"') {
            at++;
        }
        payloadEnd = at;
        return take(STREAM) && take(streamSid) && take(TAIL) && at == end;
    }

    /** Milliseconds since the stream began. */
    long timestampMs() {
        return timestampMs;
    }

    /** Where the base64 begins in the message; that it is base64 has not been checked. */
    int payloadStart() {
        return payloadStart;
    }

    int payloadEnd() {
        return payloadEnd;
    }

    private boolean take(byte[] expected) {
        if (end - at < expected.length) {
            return false;
        }
        for (var i = 0; i < expected.length; i++) {
            if (text[at + i] != expected[i]) {
                return false;
            }
        }
        at += expected.length;
        return true;
    }

    private long number() {
        var start = at;
        var value = 0L;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + (text[at++] - '0');
            if (at - start > MAX_DIGITS) {
                return -1;
            }
        }
        return at == start ? -1 : value;
    }
}
