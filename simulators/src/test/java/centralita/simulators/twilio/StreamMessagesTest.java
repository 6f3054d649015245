package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamMessagesTest {
    private static final String AC = "AC00000000000000000000000000000001";
    private static final String CA = "CA00000000000000000000000000000011";
    private static final String MZ = "MZ00000000000000000000000000000001";

    private final StreamMessages messages = new StreamMessages(AC, CA, MZ);

    @Test
    void startIsTheFirstNumberedMessageAndCarriesTheParameters() {
        // When
        var start = new JsonObject(messages.start(Map.of("sessionToken", "s_7f3c")));

        // Then
        assertThat(start).isEqualTo(new JsonObject("""
                {"event":"start","sequenceNumber":"1","start":{"accountSid":"%1$s","streamSid":"%3$s","callSid":"%2$s",
                "tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},
                "customParameters":{"sessionToken":"s_7f3c"}},"streamSid":"%3$s"}""".formatted(AC, CA, MZ)));
    }

    @Test
    void mediaCarriesNumbersAsTextAndCountsOn() {
        // Given
        var frame = new byte[160];
        frame[0] = 5;
        messages.start(Map.of());
        messages.media(20, frame);

        // When
        var media = new JsonObject(messages.media(40, frame));

        // Then
        var payload = Base64.getEncoder().encodeToString(frame);
        assertThat(payload).hasSize(216);
        assertThat(media).isEqualTo(new JsonObject("""
                {"event":"media","sequenceNumber":"3","media":{"track":"inbound","chunk":"2","timestamp":"40",
                "payload":"%s"},"streamSid":"%s"}""".formatted(payload, MZ)));
    }

    @Test
    void dtmfMarkAndStopAreAsTwilioWritesThem() {
        // When
        var dtmf = new JsonObject(messages.dtmf('5'));
        var mark = new JsonObject(messages.mark("turn-3:1240"));
        var stop = new JsonObject(messages.stop());

        // Then
        assertThat(dtmf.getJsonObject("dtmf"))
                .isEqualTo(new JsonObject("{\"track\":\"inbound_track\",\"digit\":\"5\"}"));
        assertThat(mark.getJsonObject("mark")).isEqualTo(new JsonObject("{\"name\":\"turn-3:1240\"}"));
        assertThat(stop)
                .isEqualTo(new JsonObject(
                        "{\"event\":\"stop\",\"sequenceNumber\":\"3\",\"streamSid\":\"%s\",\"stop\":{\"accountSid\":\"%s\",\"callSid\":\"%s\"}}"
                                .formatted(MZ, AC, CA)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event\":\"media\",\"streamSid\":\"MZother\",\"media\":{\"payload\":\"AAAA\"}} | streamSid is not this stream's",
                "{\"event\":\"media\",\"streamSid\":\"MZ\",\"media\":{}} | media without payload",
                "{\"event\":\"media\",\"streamSid\":\"MZ\",\"media\":{\"payload\":\"*\"}} | not JSON, or payload is not Base64",
                "{\"event\":\"mark\",\"streamSid\":\"MZ\",\"mark\":{}} | mark without name",
                "{\"event\":\"dance\",\"streamSid\":\"MZ\"} | unknown event",
                "{\"event\":\"clear\"} | streamSid is not this stream's",
                "[1] | not a JSON object",
                "{\"event\": | not JSON, or payload is not Base64"
            })
    void whatTwilioWouldNotTakeIsRefused(String json, String why) {
        // When
        var command = StreamCommand.read(json.getBytes(StandardCharsets.UTF_8), "MZ");

        // Then
        assertThat(command).isEqualTo(new StreamCommand.Refused(why));
    }

    @Test
    void fieldsMayComeInAnyOrderAndUnknownOnesAreSkipped() {
        // Given
        var json =
                "{\"media\":{\"x\":[{}],\"payload\":\"BwgJ\"},\"y\":{\"z\":1},\"streamSid\":\"MZ\",\"event\":\"media\"}";

        // When
        var command = StreamCommand.read(json.getBytes(StandardCharsets.UTF_8), "MZ");

        // Then
        assertThat(((StreamCommand.Media) command).mulaw()).containsExactly(7, 8, 9);
    }
}
