package centralita.gateway.twilio;

import java.nio.charset.StandardCharsets;

/**
 * The messages that we send over one media stream, as bytes of JSON.
 */
final class StreamFrames {
    private static final byte[] MEDIA_TAIL = ascii("\"}}");

    private final byte[] mediaHead;
    private final byte[] markHead;
    private final byte[] clear;

    /** @param streamSid as {@link Sid} allows it, because it is written into JSON as it is */
    StreamFrames(String streamSid) {
        this.mediaHead = ascii("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"payload\":\"");
        this.markHead = ascii("{\"event\":\"mark\",\"streamSid\":\"" + streamSid + "\",\"mark\":{\"name\":\"");
        this.clear = ascii("{\"event\":\"clear\",\"streamSid\":\"" + streamSid + "\"}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] media(byte[] mulaw, int offset, int length) {
        var message = new byte[mediaHead.length + AudioBase64.encodedLength(length) + MEDIA_TAIL.length];
        System.arraycopy(mediaHead, 0, message, 0, mediaHead.length);
        var end = AudioBase64.encode(mulaw, offset, length, message, mediaHead.length);
        System.arraycopy(MEDIA_TAIL, 0, message, end, MEDIA_TAIL.length);
        return message;
    }

    /** @param name needs no escapes */
    byte[] mark(String name) {
        var letters = ascii(name);
        var message = new byte[markHead.length + letters.length + MEDIA_TAIL.length];
        System.arraycopy(markHead, 0, message, 0, markHead.length);
        System.arraycopy(letters, 0, message, markHead.length, letters.length);
        System.arraycopy(MEDIA_TAIL, 0, message, markHead.length + letters.length, MEDIA_TAIL.length);
        return message;
    }

    byte[] clear() {
        return clear.clone();
    }
}
