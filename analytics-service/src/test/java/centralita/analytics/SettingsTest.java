package centralita.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.analytics.cost.PriceConfig;
import centralita.analytics.ingest.IngestConfig;
import centralita.edge.configuration.ConfigurationPage;
import centralita.edge.configuration.SettingNames;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void thePageNamesWhatTheServiceReads() {
        // Given
        var read = new TreeSet<>(AnalyticsService.VARIABLES.names());
        read.addAll(SettingNames.of(PriceConfig.class, IngestConfig.class));

        // When
        var page = ConfigurationPage.in(Path.of(System.getProperty("repository.root")));

        // Then
        assertThat(page.names("analytics-service")).isEqualTo(read);
    }

    @Test
    void theStartEndsInOneSentenceWhenKafkaIsNotNamed_FP10() {
        // Given
        var environment = Map.of(
                "CENTRALITA_JWT_PUBLIC_KEY_LOCATION", "/etc/key.pem",
                "CENTRALITA_DATABASE_URL", "postgresql://db:5432/analytics",
                "CENTRALITA_DATABASE_USER", "analytics",
                "CENTRALITA_DATABASE_PASSWORD", "secret");

        // When
        var complaint = AnalyticsService.VARIABLES.complaint(environment::get);

        // Then
        assertThat(complaint).isPresent();
        assertThat(complaint.orElseThrow())
                .startsWith("analytics-service cannot start: KAFKA_BOOTSTRAP_SERVERS is not set");
    }
}
