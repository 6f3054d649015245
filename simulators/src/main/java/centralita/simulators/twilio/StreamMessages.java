package centralita.simulators.twilio;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Writes what Twilio says on one media stream, and counts its messages. Numbers travel as strings, as Twilio's do.
 * Media messages are put together from prepared pieces: no tree, one allocation for the text.
 */
final class StreamMessages {
    static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final String accountSid;
    private final String callSid;
    private final String streamSid;
    private final byte[] mediaTail;
    private final byte[] scratch = new byte[512];
    private long sequence;
    private long chunk;

    StreamMessages(String accountSid, String callSid, String streamSid) {
        this.accountSid = accountSid;
        this.callSid = callSid;
        this.streamSid = streamSid;
        this.mediaTail = ascii("\"},\"streamSid\":\"" + streamSid + "\"}");
    }

    String start(Map<String, String> parameters) {
        var media = new JsonObject()
                .put("encoding", "audio/x-mulaw")
                .put("sampleRate", 8000)
                .put("channels", 1);
        var custom = new JsonObject();
        parameters.forEach(custom::put);
        var start = new JsonObject()
                .put("accountSid", accountSid)
                .put("streamSid", streamSid)
                .put("callSid", callSid)
                .put("tracks", new JsonArray().add("inbound"))
                .put("mediaFormat", media)
                .put("customParameters", custom);
        return numbered("start").put("start", start).encode();
    }

    /** @param timestampMs since the stream's start */
    String media(long timestampMs, byte[] frame) {
        var encoded = BASE64.encode(frame);
        var buffer = encoded.length + 300 > scratch.length ? new byte[encoded.length + 300] : scratch;
        int at = put(buffer, 0, MEDIA_HEAD);
        at = putNumber(buffer, at, ++sequence);
        at = put(buffer, at, MEDIA_CHUNK);
        at = putNumber(buffer, at, ++chunk);
        at = put(buffer, at, MEDIA_TIME);
        at = putNumber(buffer, at, timestampMs);
        at = put(buffer, at, MEDIA_PAYLOAD);
        at = put(buffer, at, encoded);
        at = put(buffer, at, mediaTail);
        return new String(buffer, 0, at, StandardCharsets.ISO_8859_1);
    }

    String dtmf(char digit) {
        return numbered("dtmf")
                .put("dtmf", new JsonObject().put("track", "inbound_track").put("digit", String.valueOf(digit)))
                .encode();
    }

    String mark(String name) {
        return numbered("mark").put("mark", new JsonObject().put("name", name)).encode();
    }

    String stop() {
        return numbered("stop")
                .put("stop", new JsonObject().put("accountSid", accountSid).put("callSid", callSid))
                .encode();
    }

    private JsonObject numbered(String event) {
        return new JsonObject()
                .put("event", event)
                .put("sequenceNumber", Long.toString(++sequence))
                .put("streamSid", streamSid);
    }

    private static final byte[] MEDIA_HEAD = ascii("{\"event\":\"media\",\"sequenceNumber\":\"");
    private static final byte[] MEDIA_CHUNK = ascii("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"");
    private static final byte[] MEDIA_TIME = ascii("\",\"timestamp\":\"");
    private static final byte[] MEDIA_PAYLOAD = ascii("\",\"payload\":\"");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int put(byte[] buffer, int at, byte[] piece) {
        System.arraycopy(piece, 0, buffer, at, piece.length);
        return at + piece.length;
    }

    private static int putNumber(byte[] buffer, int at, long number) {
        return put(buffer, at, ascii(Long.toString(number)));
    }
}
