package centralita.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AnalyticsServiceIT {
    private static final Path STORED =
            Path.of(System.getProperty("repository.root"), "docs", "contracts", "analytics-service.openapi.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void theServiceIsHealthy(String kind) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/" + kind).then().statusCode(200));
    }

    @Test
    void metricsTellWhatWasRead() {
        // Given
        var call = CallStory.open("metrics");
        try (var topic = new LifecycleTopic()) {
            topic.send(call.events());
        }

        // When
        LifecycleTopic.awaitApplied(call.events());

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                        .contains("centralita_events_consumed_total{result=\"applied\",topic=\"call-lifecycle\"}")
                        .contains("centralita_build_info"));
    }

    /** Run with {@code -Dcontracts.write=true} to store a change on purpose. */
    @Test
    void theStoredOpenApiPageIsWhatTheServiceSays() throws IOException {
        // When
        var said = given().get("/q/openapi").asString();
        if (Boolean.getBoolean("contracts.write")) {
            Files.writeString(STORED, said);
        }

        // Then
        assertThat(said).isEqualTo(Files.readString(STORED));
    }
}
