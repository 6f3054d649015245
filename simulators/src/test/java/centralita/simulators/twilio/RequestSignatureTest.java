package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.oracles.TwilioSignatures;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {
    private static final String TOKEN = "fake-auth-token-primary-0000000001";

    @Test
    void theDocumentedExampleComesOut() {
        // Given: Twilio's page on request validation
        var signature = new RequestSignature("12345");
        var fields = Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Caller", "+14158675310",
                "Digits", "1234",
                "From", "+14158675310",
                "To", "+18005551212");

        // When
        var signed = signature.of(URI.create("https://example.com/myapp.php?foo=1&bar=2"), fields);

        // Then
        assertThat(signed).isEqualTo("L/OH5YylLD5NRKLltdqwSvS0BnU=");
    }

    @Test
    void twiliosHelperAcceptsWhatWeSignWhateverTheFields() {
        // Given
        var random = new Random(7);
        var judge = new TwilioSignatures(TOKEN);
        var signature = new RequestSignature(TOKEN);

        for (int round = 0; round < 500; round++) {
            var fields = new TreeMap<String, String>();
            for (int i = random.nextInt(12); i > 0; i--) {
                fields.put("F" + random.nextInt(1_000), random.nextBoolean() ? "" : " añ+" + random.nextInt());
            }
            var url = URI.create("https://voice.example.test/twilio/p" + random.nextInt(100) + "?a=1");

            // When
            var signed = signature.of(url, fields);

            // Then
            assertThat(judge.helperAccepts(url.toString(), fields, signed)).isTrue();
        }
    }

    @Test
    void theUpgradeIsSignedWithItsOwnSchemeAndWithoutFields() {
        // Given
        var judge = new TwilioSignatures(TOKEN);
        var url = URI.create("wss://voice.example.test/media-stream/token");

        // When
        var signed = new RequestSignature(TOKEN).of(url, Map.of());

        // Then
        assertThat(judge.helperAccepts(url.toString(), Map.of(), signed)).isTrue();
    }

    @Test
    void tlsDropsThePortAndPlainKeepsItAndFragmentsAreNeverSigned() {
        // When
        var secure = RequestSignature.signedUrl(URI.create("https://u:p@voice.example.test:8443/a?b=%20c#rc=2"));
        var plain = RequestSignature.signedUrl(URI.create("http://voice.example.test:8080/a"));

        // Then
        assertThat(secure).isEqualTo("https://voice.example.test/a?b=%20c");
        assertThat(plain).isEqualTo("http://voice.example.test:8080/a");
    }
}
