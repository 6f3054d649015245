package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.security.RequestValidator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** TH-1, TH-3, F-W8. */
class TwilioSignatureTest {
    private static final JsonNode FILE = read();

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void judgesEveryRecordedVectorAsRecorded(String id, JsonNode vector) {
        // Given
        var signature = new TwilioSignature(List.of(vector.get("authToken").asText()));

        // When
        var verdict = verify(signature, vector);

        // Then
        assertThat(verdict.isPresent()).isEqualTo(vector.get("expectValid").asBoolean());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rotations")
    void saysWhichTokenOfARotationSigned(String id, JsonNode rotation) {
        // Given
        var tokens = StreamSupport.stream(rotation.get("configuredTokens").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        var expected = rotation.get("expectTokenIndex");

        // When
        var verdict = verify(new TwilioSignature(tokens), rotation);

        // Then
        assertThat(verdict).isEqualTo(expected.isNull() ? OptionalInt.empty() : OptionalInt.of(expected.asInt()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("proxies")
    void buildsTheSignedUrlFromTheConfiguredBaseAndNothingElse(String id, JsonNode proxy) {
        // Given
        var publicUrl = new PublicUrl(URI.create(proxy.get("publicBaseUrl").asText()));
        var received = proxy.get("received");
        var target = received.get("target").asText();
        var upgrade = received.get("headers").has("Upgrade");
        var signature = new TwilioSignature(List.of(proxy.get("authToken").asText()));

        // When
        var url = upgrade ? publicUrl.ofUpgrade(target) : publicUrl.of(target);
        var header = proxy.get("signature").asText();
        var verdict = upgrade
                ? signature.verifyUpgrade(url, header)
                : signature.verify(url, fields(proxy.get("params")), header);

        // Then
        assertThat(url).isEqualTo(proxy.get("rebuiltUrl").asText());
        assertThat(verdict).isEqualTo(OptionalInt.of(0));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheVendorsHelperOnRandomRequests(long seed) {
        // Given: what the helper can express, that is no port, no repeated names
        var random = new Random(seed);
        var token = "t" + text(random, random.nextInt(40));
        var url = "https://" + "h".repeat(1 + random.nextInt(9)) + ".example.test/" + pathText(random)
                + (random.nextBoolean() ? "?" + pathText(random) + "=" + pathText(random) : "");
        var single = new HashMap<String, String>();
        var fields = new TreeMap<String, List<String>>();
        for (var i = random.nextInt(12); i > 0; i--) {
            var name = text(random, 1 + random.nextInt(12));
            var value = text(random, random.nextInt(30));
            single.put(name, value);
            fields.put(name, List.of(value));
        }
        var ours = new TwilioSignature(List.of(token));
        var plain = new StringBuilder(url);
        fields.forEach((name, values) -> plain.append(name).append(values.getFirst()));
        var right = ours.sign(plain.toString());
        var wrong = ours.sign(plain + "x");
        var theirs = new RequestValidator(token);

        // When
        var verdicts = List.of(
                ours.verify(url, fields, right).isPresent(),
                ours.verify(url, fields, wrong).isPresent());

        // Then
        assertThat(verdicts)
                .isEqualTo(List.of(theirs.validate(url, single, right), theirs.validate(url, single, wrong)));
        assertThat(verdicts).isEqualTo(List.of(true, false));
    }

    private static OptionalInt verify(TwilioSignature signature, JsonNode vector) {
        var url = vector.get("url").asText();
        var header = vector.get("signature").asText();
        if (url.startsWith("wss:") || vector.path("id").asText().startsWith("21-")) {
            return signature.verifyUpgrade(url, header);
        }
        if (vector.path("contentType").asText().startsWith("application/json")) {
            return signature.verifyBody(url, vector.get("rawBody").asText().getBytes(StandardCharsets.UTF_8), header);
        }
        return signature.verify(url, fields(vector.get("params")), header);
    }

    private static SortedMap<String, List<String>> fields(JsonNode params) {
        var fields = new TreeMap<String, List<String>>();
        params.properties().forEach(field -> {
            var values = new ArrayList<String>();
            if (field.getValue().isArray()) {
                field.getValue().forEach(value -> values.add(value.asText()));
            } else {
                values.add(field.getValue().asText());
            }
            fields.put(field.getKey(), values);
        });
        return fields;
    }

    private static String text(Random random, int length) {
        return random.ints(length, 0, ALPHABET.length())
                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                .reduce("", String::concat);
    }

    private static final String ALPHABET = "abcXYZ0189 +&=%_-.ñé漢/?";

    private static String pathText(Random random) {
        var characters = "abcXYZ019-._~";
        return random.ints(1 + random.nextInt(9), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .reduce("", String::concat);
    }

    static Stream<Arguments> vectors() {
        return named("vectors");
    }

    static Stream<Arguments> rotations() {
        return named("tokenRotation");
    }

    /** Without the case of no configured base: we never start without one. */
    static Stream<Arguments> proxies() {
        return named("proxy")
                .filter(arguments ->
                        !((JsonNode) arguments.get()[1]).get("publicBaseUrl").isNull());
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static Stream<Arguments> named(String list) {
        return StreamSupport.stream(FILE.get(list).spliterator(), false)
                .map(vector -> Arguments.of(vector.get("id").asText(), vector));
    }

    private static JsonNode read() {
        try (var in = TwilioSignatureTest.class.getResourceAsStream("/twilio-signature-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
