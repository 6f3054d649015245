package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.gateway.twilio.MediaStreamReader.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scanner may leave a message to the reader; it may never read one otherwise than the reader does. */
class MediaScannerTest {
    private static final String STREAM = "MZ00000000000000000000000000000001";
    private static final byte[] STREAM_BYTES = STREAM.getBytes(StandardCharsets.US_ASCII);

    private static String message(String timestamp, String payload) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\""
                + timestamp + "\",\"payload\":\"" + payload + "\"},\"streamSid\":\"" + STREAM + "\"}";
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithJacksonOnWhatItTakes(long seed) throws MalformedMessageException {
        var random = new Random(seed);
        var scanner = new MediaScanner();
        for (var round = 0; round < 200; round++) {
            // Given: a genuine message with some bytes changed, removed, doubled
            var audio = new byte[random.nextInt(200)];
            random.nextBytes(audio);
            var bytes = message(
                            Integer.toString(random.nextInt(1 << 20)),
                            Base64.getEncoder().encodeToString(audio))
                    .getBytes(StandardCharsets.UTF_8);
            var changed = change(bytes, random, round % 4);

            // When
            var taken = scanner.scan(changed, changed.length, STREAM_BYTES);

            // Then
            if (round % 4 == 0) {
                assertThat(taken).isTrue();
            }
            if (taken) {
                var payload = new String(
                        changed,
                        scanner.payloadStart(),
                        scanner.payloadEnd() - scanner.payloadStart(),
                        StandardCharsets.UTF_8);
                if (isBase64(payload)) {
                    assertThat(MediaStreamReader.read(changed, changed.length))
                            .isEqualTo(new MediaStreamMessage.Media(STREAM, "inbound", scanner.timestampMs(), payload));
                }
            }
        }
    }

    private static boolean isBase64(String payload) {
        var text = payload.getBytes(StandardCharsets.UTF_8);
        return AudioBase64.decode(text, 0, text.length, new byte[text.length], 0) >= 0;
    }

    private static byte[] change(byte[] message, Random random, int changes) {
        var changed = message;
        for (var i = 0; i < changes; i++) {
            var at = random.nextInt(changed.length);
            switch (random.nextInt(3)) {
                case 0 -> {
                    changed = changed.clone();
                    changed[at] = (byte) "\"\\{}:,0a= \u0000é".charAt(random.nextInt(12));
                }
                case 1 -> {
                    var shorter = Arrays.copyOf(changed, changed.length - 1);
                    System.arraycopy(changed, at + 1, shorter, at, changed.length - at - 1);
                    changed = shorter;
                }
                default -> {
                    var longer = Arrays.copyOf(changed, changed.length + 1);
                    System.arraycopy(changed, at, longer, at + 1, changed.length - at);
                    changed = longer;
                }
            }
        }
        return changed;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void base64AgreesWithTheJdkInBothDirections(long seed) {
        // Given
        var random = new Random(seed);
        var audio = new byte[random.nextInt(500)];
        random.nextBytes(audio);
        var text = Base64.getEncoder().encode(audio);

        // When
        var encoded = new byte[AudioBase64.encodedLength(audio.length) + 3];
        var end = AudioBase64.encode(audio, 0, audio.length, encoded, 3);
        var decoded = new byte[AudioBase64.maxDecodedLength(text.length)];
        var length = AudioBase64.decode(text, 0, text.length, decoded, 0);

        // Then
        assertThat(Arrays.copyOfRange(encoded, 3, end)).isEqualTo(text);
        assertThat(length).isEqualTo(audio.length == 0 ? -1 : audio.length);
        if (length > 0) {
            assertThat(Arrays.copyOf(decoded, length)).isEqualTo(audio);
        }
        // And: what the JDK refuses, we refuse
        if (text.length > 0) {
            var broken = text.clone();
            broken[random.nextInt(broken.length)] = (byte) "-_!=é\n".charAt(random.nextInt(6));
            var ours = AudioBase64.decode(broken, 0, broken.length, decoded, 0) >= 0;
            assertThat(ours).isEqualTo(jdkDecodes(broken));
        }
    }

    private static boolean jdkDecodes(byte[] text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Test
    void fieldsInAnyOrderAreRead() throws MalformedMessageException {
        // Given
        var message =
                "{ \"streamSid\":\"%s\", \"media\":{\"payload\":\"\\u002F/8=\",\"new\":[1,{}],\"timestamp\":\"40\"},\"x\":null,\"event\":\"media\"}"
                        .formatted(STREAM)
                        .getBytes(StandardCharsets.UTF_8);

        // When
        var scanned = new MediaScanner().scan(message, message.length, STREAM_BYTES);
        var read = MediaStreamReader.read(message, message.length);

        // Then
        assertThat(scanned).isFalse();
        assertThat(read).isEqualTo(new MediaStreamMessage.Media(STREAM, "inbound", 40, "//8="));
    }

    @Test
    void whatIsNoMessageIsMalformed() {
        for (var text : new String[] {
            "",
            "null",
            "[]",
            "{",
            "{}",
            "{\"event\":\"media\"",
            "{\"event\":\"x\"} {",
            "\"media\"",
            "{\"event\":{}}",
            "[".repeat(5000)
        }) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> MediaStreamReader.read(bytes, bytes.length))
                    .as(text.substring(0, Math.min(20, text.length())))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }
}
