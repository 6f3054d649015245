package centralita.gateway.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a media stream's message in any order of fields, unknown ones skipped. Values of one level of nesting are kept
 * as text by their path ({@code media.payload}); a repeated name counts with its last value. Immutable, any thread.
 */
final class MediaStreamReader {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_FIELDS = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private MediaStreamReader() {}

    /** Text that is no JSON object with an {@code event}. */
    static final class MalformedMessageException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedMessageException(String what) {
            super(what);
        }
    }

    static MediaStreamMessage read(byte[] message, int length) throws MalformedMessageException {
        var fields = fields(message, length);
        var event = fields.get("event");
        if (event == null) {
            throw new MalformedMessageException("a message without event");
        }
        return switch (event) {
            case "connected" -> new MediaStreamMessage.Connected();
            case "start" ->
                new MediaStreamMessage.Start(
                        fields.getOrDefault("start.streamSid", text(fields, "streamSid")),
                        text(fields, "start.callSid"),
                        text(fields, "start.accountSid"),
                        text(fields, "start.mediaFormat.encoding"),
                        (int) number(fields, "start.mediaFormat.sampleRate"),
                        StreamParameters.read(below(fields, "start.customParameters.")));
            case "media" ->
                new MediaStreamMessage.Media(
                        text(fields, "streamSid"),
                        fields.getOrDefault("media.track", "inbound"),
                        number(fields, "media.timestamp"),
                        text(fields, "media.payload"));
            case "dtmf" -> new MediaStreamMessage.Dtmf(text(fields, "dtmf.digit"));
            case "mark" -> new MediaStreamMessage.Mark(text(fields, "mark.name"));
            case "stop" -> new MediaStreamMessage.Stop(text(fields, "stop.callSid"));
            default -> new MediaStreamMessage.Other(event);
        };
    }

    private static Map<String, String> below(Map<String, String> fields, String prefix) {
        var found = new HashMap<String, String>();
        fields.forEach((path, value) -> {
            if (path.startsWith(prefix)) {
                found.put(path.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private static String text(Map<String, String> fields, String path) {
        return fields.getOrDefault(path, "");
    }

    private static long number(Map<String, String> fields, String path) {
        var text = text(fields, path);
        try {
            return Math.max(-1, Long.parseLong(text));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static Map<String, String> fields(byte[] message, int length) throws MalformedMessageException {
        try (var parser = FACTORY.createParser(message, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedMessageException("a message that is no object");
            }
            var fields = new HashMap<String, String>();
            object(parser, "", fields);
            if (parser.nextToken() != null) {
                throw new MalformedMessageException("a message with something behind it");
            }
            return fields;
        } catch (IOException e) {
            // Its text may hold what the caller said.
            throw new MalformedMessageException("a message that is no JSON");
        }
    }

    private static void object(JsonParser parser, String prefix, Map<String, String> fields) throws IOException {
        for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            var path = prefix + parser.currentName();
            switch (parser.nextToken()) {
                case START_OBJECT -> object(parser, path + ".", fields);
                case START_ARRAY -> parser.skipChildren();
                default -> {
                    if (fields.size() < MAX_FIELDS) {
                        fields.put(path, parser.getText());
                    }
                }
            }
        }
    }
}
