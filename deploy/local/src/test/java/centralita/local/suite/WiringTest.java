package centralita.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {
    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final Wiring.Addresses ADDRESSES = new Wiring.Addresses(
            "127.0.0.1:1",
            "redis://127.0.0.1:2",
            Optional.of(URI.create("http://127.0.0.1:3")),
            Optional.of(URI.create("ws://127.0.0.1:4/v1/realtime")));

    @TempDir
    Path folder;

    @Test
    void withNothingFromOutsideEverythingIsAStandIn() {
        // Given
        var outside = OutsideVariables.parse(Map.of());

        // When
        var gateway = environment(Map.of(), Module.TELEPHONY_GATEWAY, ADDRESSES);
        var bridge = environment(Map.of(), Module.REALTIME_BRIDGE, ADDRESSES);

        // Then
        assertThat(Wiring.needsTwilio(outside)).isTrue();
        assertThat(Wiring.needsModel(outside)).isTrue();
        assertThat(gateway)
                .containsEntry("TWILIO_API_BASE_URL", "http://127.0.0.1:3")
                .containsEntry("PUBLIC_BASE_URL", "http://localhost:8080")
                .containsEntry("GATEWAY_ADMISSION_CALLER_CALLS", "-1")
                .containsEntry("GATEWAY_CONNECTION_OVERRIDES", "rc=3&rp=ct,rt,5xx&rt=4000")
                .hasEntrySatisfying("TWILIO_ACCOUNT_SID", sid -> assertThat(sid).matches("AC[0-9a-f]{32}"))
                .hasEntrySatisfying(
                        "TWILIO_AUTH_TOKEN", token -> assertThat(token).matches("[0-9a-f]{32}"));
        assertThat(bridge).containsEntry("OPENAI_REALTIME_URL", "ws://127.0.0.1:4/v1/realtime");
    }

    @Test
    void aForeignClientThatSignsWithItsTokenMayCallInTheNameOfAnyAccount() {
        // Given
        var outside = Map.of("TWILIO_AUTH_TOKEN", "theirs, older");

        // When
        var gateway = environment(outside, Module.TELEPHONY_GATEWAY, ADDRESSES);

        // Then
        assertThat(Wiring.needsTwilio(OutsideVariables.parse(outside))).isTrue();
        assertThat(gateway)
                .containsEntry("TWILIO_AUTH_TOKEN", "theirs, older")
                .containsEntry("TWILIO_API_BASE_URL", "http://127.0.0.1:3")
                .doesNotContainKey("TWILIO_ACCOUNT_SID");
        assertThat(wiring(outside).signingToken()).isEqualTo("theirs");
    }

    @Test
    void accountAndTokenTogetherMeanTwilioItself() {
        // Given
        var outside = Map.of("TWILIO_AUTH_TOKEN", "real", "TWILIO_ACCOUNT_SID", SID);

        // When
        var gateway = environment(outside, Module.TELEPHONY_GATEWAY, without());

        // Then
        assertThat(Wiring.needsTwilio(OutsideVariables.parse(outside))).isFalse();
        assertThat(gateway)
                .containsEntry("TWILIO_ACCOUNT_SID", SID)
                .doesNotContainKeys("TWILIO_API_BASE_URL", "GATEWAY_ADMISSION_CALLER_CALLS");
    }

    @Test
    void aForeignRealtimeServerNeedsNoKey() {
        var outside = Map.of("OPENAI_REALTIME_URL", "ws://127.0.0.1:9/realtime", "OPENAI_API_KEY", "");
        assertThat(Wiring.needsModel(OutsideVariables.parse(outside))).isFalse();
        assertThat(environment(outside, Module.REALTIME_BRIDGE, without()))
                .containsEntry("OPENAI_REALTIME_URL", "ws://127.0.0.1:9/realtime")
                .containsEntry("OPENAI_API_KEY", "none-needed");
    }

    @Test
    void aKeyGoesToTheAddressItBelongsTo() {
        assertThat(environment(Map.of("OPENAI_API_KEY", "sk-1"), Module.REALTIME_BRIDGE, without()))
                .containsEntry("OPENAI_API_KEY", "sk-1")
                .doesNotContainKeys("OPENAI_REALTIME_URL", "OPENAI_API_BASE_URL");
        var elsewhere = Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_API_BASE_URL", "https://models.example.test/v1/");
        assertThat(environment(elsewhere, Module.REALTIME_BRIDGE, without()))
                .containsEntry("OPENAI_REALTIME_URL", "wss://models.example.test/v1/realtime");
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC_BASE_URL, voice.example.test",
        "PUBLIC_BASE_URL, https://voice.example.test/?a=b",
        "TWILIO_ACCOUNT_SID, 123",
        "TWILIO_API_BASE_URL, ftp://x",
        "OPENAI_REALTIME_URL, https://api.openai.com/v1/realtime",
        "OPENAI_REALTIME_URL, 'not an address'",
        "OPENAI_API_BASE_URL, api.openai.com",
        "KAFKA_BOOTSTRAP_SERVERS, localhost",
        "REDIS_HOSTS, localhost:6379",
    })
    void aMalformedVariableIsNamedWithItsShapeAndWithoutItsValue(String name, String value) {
        assertThatThrownBy(() -> OutsideVariables.parse(Map.of(name, value)))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith(name + " must be ")
                .hasMessageContaining("such as ")
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain(value + " ")
                .doesNotContain("\n");
    }

    @Test
    void secretsStayTheSameAndBelongToTheirOwner() throws Exception {
        // When
        var first = Secrets.in(folder.resolve("secrets"));
        var second = Secrets.in(folder.resolve("secrets"));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(first.toString()).doesNotContain(first.linkSecret(), first.numberHashKey());
        try (var files = Files.list(folder.resolve("secrets"))) {
            var rights = new HashMap<String, String>();
            for (var file : files.toList()) {
                rights.put(
                        file.getFileName().toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            assertThat(rights)
                    .hasSize(6)
                    .allSatisfy((_, right) -> assertThat(right).isEqualTo("rw-------"));
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void thereIsNoTokenBeforeTheFirstStart() {
        assertThatThrownBy(() -> BearerTokens.sign(folder, java.util.Set.of("admin")))
                .hasMessage("There is no key to sign a token with yet: run ./centralita up first.");
    }

    private Map<String, String> environment(Map<String, String> outside, Module module, Wiring.Addresses addresses) {
        return wiring(outside).environment(module, 5, addresses, Optional.empty());
    }

    private Wiring wiring(Map<String, String> outside) {
        return new Wiring(
                OutsideVariables.parse(outside),
                Secrets.in(folder.resolve("secrets")),
                URI.create("http://localhost:8080"));
    }

    private static Wiring.Addresses without() {
        return new Wiring.Addresses("127.0.0.1:1", "redis://127.0.0.1:2", Optional.empty(), Optional.empty());
    }
}
