package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.configuration.ConfigurationPage;
import centralita.edge.configuration.SettingNames;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void thePageNamesEverythingThatIsRead() {
        var page = ConfigurationPage.in(Path.of(System.getProperty("repository.root")))
                .names("telephony-gateway");

        assertThat(page).containsAll(Gateway.VARIABLES.names()).containsAll(SettingNames.of(GatewayConfig.class));
    }

    @Test
    void aMissingTokenIsNamedInOneSentence() {
        // Given: F-P10
        var environment = Map.of(
                "PUBLIC_BASE_URL", "https://voice.example.test", "CENTRALITA_JWT_PUBLIC_KEY_LOCATION", "key.pem");

        // When
        var complaint = Gateway.VARIABLES.complaint(environment::get);

        // Then
        assertThat(complaint)
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("telephony-gateway cannot start: TWILIO_AUTH_TOKEN is not set")
                        .doesNotContain("\n"));
    }
}
