package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.configuration.ConfigurationPage;
import centralita.edge.configuration.SettingNames;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void thePageNamesEverythingThatIsRead() {
        var page = ConfigurationPage.in(Path.of(System.getProperty("repository.root")))
                .names("telephony-gateway");

        assertThat(page).containsAll(Gateway.VARIABLES.names()).containsAll(SettingNames.of(mappings()));
    }

    /** All of them, so that none can be left out. */
    private static Class<?>[] mappings() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("centralita.gateway").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .toArray(Class<?>[]::new);
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
