package centralita.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.openapi.OpenApiPage;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class OpenApiIT {
    /** Run with {@code -Dcontracts.write=true} to store a change on purpose. */
    @Test
    void theStoredOpenApiPageIsWhatTheServiceSays() {
        // Given
        var page = OpenApiPage.in(Path.of(System.getProperty("repository.root")), "realtime-bridge");

        // When
        var said = given().get("/q/openapi").asString();

        // Then
        assertThat(said).isEqualTo(page.stored(said));
    }
}
