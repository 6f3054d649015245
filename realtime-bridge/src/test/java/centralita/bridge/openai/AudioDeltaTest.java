package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioDeltaTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void theUsualEventIsReadWithoutAParser() {
        // Given
        var audio = new byte[] {1, 2, (byte) 0xFF};
        var message =
                bytes("{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_1\",\"response_id\":\"resp_1\","
                        + "\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                        + Base64.getEncoder().encodeToString(audio) + "\"}");
        var delta = new AudioDelta();

        // When
        var sure = delta.read(message, 0, message.length);

        // Then
        assertThat(sure).isTrue();
        assertThat(List.of(delta.responseId(), delta.itemId())).containsExactly("resp_1", "item_1");
        assertThat(delta.audio(message)).isEqualTo(audio);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"type\":\"response.output_audio.delta\"}",
                "{\"type\":\"response.done\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AAAA\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\\u0041A\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AAAA\"} x",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AAAA\",}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":null}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\",\"delta\":\"BB\"}"
            })
    void whatItIsNotSureOfItLeavesToTheParser(String text) {
        // When
        var sure = new AudioDelta().read(bytes(text), 0, bytes(text).length);

        // Then
        assertThat(sure).isFalse();
    }

    @Test
    void whateverItIsSureOfTheParserAgreesWith() throws Exception {
        // Given
        var random = new Random(20_261_123);
        var delta = new AudioDelta();
        var sureOnes = 0;

        for (var i = 0; i < 50_000; i++) {
            // When
            var message = mutated(random, composed(random));
            if (!delta.read(message, 0, message.length)) {
                continue;
            }
            sureOnes++;

            // Then
            var tree = JSON.readTree(message);
            assertThat(List.of(
                            tree.path("type").asText(),
                            tree.path("response_id").asText(),
                            tree.path("item_id").asText()))
                    .as("message %d", i)
                    .containsExactly("response.output_audio.delta", delta.responseId(), delta.itemId());
            var base64 = tree.path("delta").asText();
            if (isBase64(base64)) {
                assertThat(delta.audio(message)).isEqualTo(Base64.getDecoder().decode(base64));
            }
        }
        assertThat(sureOnes).isBetween(5_000, 49_000);
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] composed(Random random) {
        var audio = new byte[random.nextInt(60)];
        random.nextBytes(audio);
        var fields = new ArrayList<String>();
        fields.add("\"type\":" + blank(random) + "\"response.output_audio.delta\"");
        fields.add("\"response_id\":\"resp_" + random.nextInt(3) + "\"");
        fields.add("\"item_id\"" + blank(random) + ":\"item_" + random.nextInt(3) + "\"");
        fields.add("\"delta\":\"" + Base64.getEncoder().encodeToString(audio) + "\"");
        fields.add("\"output_index\":" + random.nextInt(20));
        if (random.nextInt(4) == 0) {
            fields.add("\"obfuscation\":\"a\\\"b\"");
        }
        if (random.nextInt(6) == 0) {
            fields.add("\"more\":{\"delta\":\"AAAA\"}");
        }
        if (random.nextInt(6) == 0) {
            fields.add("\"señal\":\"ü\"");
        }
        Collections.shuffle(fields, random);
        return bytes(blank(random) + "{" + String.join(blank(random) + "," + blank(random), fields) + "}");
    }

    /** Sometimes one byte is another, gone or doubled. */
    private static byte[] mutated(Random random, byte[] message) {
        if (random.nextInt(3) > 0) {
            return message;
        }
        var text = new StringBuilder(new String(message, StandardCharsets.ISO_8859_1));
        var at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.setCharAt(at, "{}[]\",:\\ 0ax\n\u0001".charAt(random.nextInt(14)));
            case 1 -> text.deleteCharAt(at);
            default -> text.insert(at, text.charAt(at));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String blank(Random random) {
        return " ".repeat(random.nextInt(3));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
