package centralita.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TwilioSignaturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void signsTheExampleOfTheVendorsDocumentation() {
        // Given
        var signatures = new TwilioSignatures("12345");
        var parameters = Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Caller", "+14158675310",
                "Digits", "1234",
                "From", "+14158675310",
                "To", "+18005551212");
        var url = "https://example.com/myapp.php?foo=1&bar=2";

        // When
        var signature = signatures.sign(url, parameters);

        // Then
        assertThat(signature).isEqualTo("L/OH5YylLD5NRKLltdqwSvS0BnU=");
        assertThat(signatures.helperAccepts(url, parameters, signature)).isTrue();
        assertThat(signatures.helperAccepts(url, Map.of(), signature)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void theHelperJudgesEveryRecordedVectorAsRecorded(String id, JsonNode vector) {
        // Given
        var signatures = new TwilioSignatures(vector.path("authToken").asText());
        Map<String, String> parameters = JSON.convertValue(vector.path("params"), new TypeReference<>() {});
        var url = vector.path("url").asText();
        var signature = vector.path("signature").asText();
        var body = vector.path("rawBody");

        // When
        var accepted = body.isTextual()
                ? signatures.helperAcceptsBody(url, body.asText(), signature)
                : signatures.helperAccepts(url, parameters, signature);

        // Then
        assertThat(accepted).as(id).isEqualTo(vector.path("javaHelper").asBoolean());
    }

    static Stream<Arguments> vectors() throws IOException {
        try (var in = TwilioSignaturesTest.class.getResourceAsStream("twilio-signature-vectors.json")) {
            return JSON.readTree(in)
                    .get("vectors")
                    .valueStream()
                    .filter(vector -> vector.path("javaHelper").isBoolean())
                    .filter(vector -> vector.path("signature").isTextual())
                    .filter(vector -> vector.path("params").valueStream().noneMatch(JsonNode::isArray))
                    .map(vector -> Arguments.of(vector.path("id").asText(), vector));
        }
    }
}
