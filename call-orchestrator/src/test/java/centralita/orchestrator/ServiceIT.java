package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators and callers of the API see of the service itself. */
@QuarkusTest
class ServiceIT {
    private static final Path STORED =
            Path.of(System.getProperty("repository.root"), "docs", "contracts", "call-orchestrator.openapi.yaml");

    /** Run with {@code -Dcontracts.write=true} to store a change on purpose. */
    @Test
    void theStoredOpenApiPageIsWhatTheServiceSays() throws IOException {
        var said = given().get("/q/openapi").asString();
        if (Boolean.getBoolean("contracts.write")) {
            Files.createDirectories(STORED.getParent());
            Files.writeString(STORED, said);
        }

        assertThat(said).isEqualTo(Files.readString(STORED));
    }

    @Test
    void theServiceIsReadyWhenItsStoresAnswer() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(given().get("/q/health/started").statusCode()).isEqualTo(200);
    }
}
