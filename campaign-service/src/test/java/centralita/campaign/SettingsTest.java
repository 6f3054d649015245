package centralita.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.configuration.ConfigurationPage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void thePageNamesWhatTheServiceReads() {
        // When
        var page = ConfigurationPage.in(Path.of(System.getProperty("repository.root")));

        // Then
        assertThat(page.names("campaign-service")).isEqualTo(CampaignService.VARIABLES.names());
    }

    @Test
    void theStartEndsInOneSentenceWhenTheDatabaseIsMalformed_FP10() {
        // Given
        var environment = Map.of(
                "CENTRALITA_JWT_PUBLIC_KEY_LOCATION",
                "/etc/key.pem",
                "CENTRALITA_DATABASE_URL",
                "jdbc:postgresql://x/y");

        // When
        var complaint = CampaignService.VARIABLES.complaint(environment::get);

        // Then
        assertThat(complaint.orElseThrow())
                .startsWith("campaign-service cannot start: CENTRALITA_DATABASE_URL is malformed");
    }
}
