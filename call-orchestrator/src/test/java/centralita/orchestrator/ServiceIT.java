package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.edge.openapi.OpenApiPage;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators and callers of the API see of the service itself. */
@QuarkusTest
class ServiceIT {
    private static final OpenApiPage PAGE =
            OpenApiPage.in(Path.of(System.getProperty("repository.root")), "call-orchestrator");

    /** Run with {@code -Dcontracts.write=true} to store a change on purpose. */
    @Test
    void theStoredOpenApiPageIsWhatTheServiceSays() {
        var said = given().get("/q/openapi").asString();

        assertThat(said).isEqualTo(PAGE.stored(said));
    }

    @Test
    void theServiceIsReadyWhenItsStoresAnswer() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(given().get("/q/health/started").statusCode()).isEqualTo(200);
    }
}
