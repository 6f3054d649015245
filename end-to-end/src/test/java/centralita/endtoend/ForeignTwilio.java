package centralita.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client that behaves as Twilio does and is written from Twilio's documentation with the JDK alone: nothing of ours can
 * be wrong in the same way on both sides.
 *
 * @param publicBaseUrl what it was told to call
 */
record ForeignTwilio(URI publicBaseUrl, String accountSid, String authToken) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern STREAM = Pattern.compile("<Stream[^>]*\\burl=\"([^\"]+)\"");
    private static final Pattern REDIRECT = Pattern.compile("<Redirect[^>]*>([^<]+)</Redirect>");
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\"\\s*:\\s*\"([^\"]+)\"");
    private static final int FRAME_BYTES = 160;

    /** Sends a signed form; {@code path} with a leading slash. */
    HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        return post(path, form, signature(publicBaseUrl + path, form));
    }

    /** Sends a form with a signature that may be wrong. */
    HttpResponse<String> post(String path, Map<String, String> form, String signature)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(publicBaseUrl + path))
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                        .header("X-Twilio-Signature", signature)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The fields of a call that comes in. */
    Map<String, String> incoming(String callSid, String from) {
        return Map.of(
                "AccountSid", accountSid,
                "ApiVersion", "2010-04-01",
                "CallSid", callSid,
                "CallStatus", "ringing",
                "Direction", "inbound",
                "From", from,
                "Caller", from,
                "To", "+15005550006",
                "Called", "+15005550006",
                "SomethingNew", "tolerated");
    }

    static URI streamUrl(String twiml) {
        return URI.create(first(STREAM, twiml));
    }

    /** Path of what Twilio asks for when the stream has ended. */
    static String afterStreamPath(String twiml) {
        return URI.create(first(REDIRECT, twiml)).getPath();
    }

    /** Opens the media stream; the upgrade is signed. */
    Line open(URI stream, String callSid) {
        var line = new Line(accountSid, callSid, "MZ" + callSid.substring(2));
        line.socket = HTTP.newWebSocketBuilder()
                .header("X-Twilio-Signature", signature(stream.toString(), Map.of()))
                .buildAsync(stream, line)
                .join();
        return line;
    }

    private String signature(String url, Map<String, String> form) {
        var text = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** A media stream, seen by the caller. */
    static final class Line implements WebSocket.Listener {
        private final String accountSid;
        private final String callSid;
        private final String streamSid;
        private final StringBuilder partial = new StringBuilder();
        private final AtomicInteger soundBytes = new AtomicInteger();
        private final byte[] silence = new byte[FRAME_BYTES];
        private WebSocket socket;
        private int sequence = 1;
        private int chunk;

        private Line(String accountSid, String callSid, String streamSid) {
            this.accountSid = accountSid;
            this.callSid = callSid;
            this.streamSid = streamSid;
            Arrays.fill(silence, (byte) 0xFF);
        }

        void start() {
            say("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
            say("{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"" + accountSid
                    + "\",\"streamSid\":\"" + streamSid + "\",\"callSid\":\"" + callSid
                    + "\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,"
                    + "\"channels\":1},\"customParameters\":{}},\"streamSid\":\"" + streamSid + "\"}");
        }

        /** 20 ms of silence. */
        void sendFrame() {
            say("{\"event\":\"media\",\"sequenceNumber\":\"" + ++sequence
                    + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + ++chunk + "\",\"timestamp\":\"" + chunk * 20
                    + "\",\"payload\":\"" + Base64.getEncoder().encodeToString(silence) + "\"},\"streamSid\":\""
                    + streamSid + "\"}");
        }

        void hangUp() {
            say("{\"event\":\"stop\",\"sequenceNumber\":\"" + ++sequence + "\",\"streamSid\":\"" + streamSid
                    + "\",\"stop\":{\"accountSid\":\"" + accountSid + "\",\"callSid\":\"" + callSid + "\"}}");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }

        /** Samples that are no silence. */
        int soundBytes() {
            return soundBytes.get();
        }

        private void say(String text) {
            socket.sendText(text, true).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                Matcher payload = PAYLOAD.matcher(partial);
                if (payload.find()) {
                    for (byte sample : Base64.getDecoder().decode(payload.group(1))) {
                        if ((sample & 0x7F) < 0x70) {
                            soundBytes.incrementAndGet();
                        }
                    }
                }
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
