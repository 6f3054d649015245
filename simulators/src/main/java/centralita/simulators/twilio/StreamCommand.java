package centralita.simulators.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What our side says on a bidirectional media stream. */
sealed interface StreamCommand {
    /** @param mulaw any length */
    record Media(byte[] mulaw) implements StreamCommand {}

    record Mark(String name) implements StreamCommand {}

    record Clear() implements StreamCommand {}

    /** Nothing that Twilio takes: error 31924. */
    record Refused(String why) implements StreamCommand {}

    JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(4 << 20)
                    .build())
            .build();

    /**
     * Reads one message without building a tree: this runs fifty times a second for every call.
     *
     * @param expectedStreamSid of the socket that the message came on
     */
    static StreamCommand read(byte[] json, String expectedStreamSid) {
        try (var parser = JSON.createParser(json)) {
            return read(parser, expectedStreamSid);
        } catch (IOException e) {
            return new Refused("not JSON, or payload is not Base64");
        }
    }

    private static StreamCommand read(JsonParser parser, String expectedStreamSid) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Refused("not a JSON object");
        }
        String event = "";
        String streamSid = "";
        byte @Nullable [] payload = null;
        String markName = "";
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var value = parser.nextToken();
            if (name.equals("event") && value == JsonToken.VALUE_STRING) {
                event = parser.getText();
            } else if (name.equals("streamSid") && value == JsonToken.VALUE_STRING) {
                streamSid = parser.getText();
            } else if (name.equals("media") && value == JsonToken.START_OBJECT) {
                payload = payloadOf(parser);
            } else if (name.equals("mark") && value == JsonToken.START_OBJECT) {
                markName = nameOf(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (!streamSid.equals(expectedStreamSid)) {
            return new Refused("streamSid is not this stream's");
        }
        return switch (event) {
            case "media" -> payload == null ? new Refused("media without payload") : new Media(payload);
            case "mark" -> markName.isEmpty() ? new Refused("mark without name") : new Mark(markName);
            case "clear" -> new Clear();
            default -> new Refused("unknown event");
        };
    }

    private static byte @Nullable [] payloadOf(JsonParser parser) throws IOException {
        byte[] payload = null;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("payload")) {
                payload = parser.getBinaryValue();
            } else {
                parser.skipChildren();
            }
        }
        return payload;
    }

    private static String nameOf(JsonParser parser) throws IOException {
        String markName = "";
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("name")) {
                markName = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return markName;
    }
}
