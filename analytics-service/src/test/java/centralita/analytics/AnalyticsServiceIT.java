package centralita.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.edge.openapi.OpenApiPage;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AnalyticsServiceIT {
    private static final OpenApiPage PAGE =
            OpenApiPage.in(Path.of(System.getProperty("repository.root")), "analytics-service");

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
    void theStoredOpenApiPageIsWhatTheServiceSays() {
        // When
        var said = given().get("/q/openapi").asString();

        // Then
        assertThat(said).isEqualTo(PAGE.stored(said));
    }
}
