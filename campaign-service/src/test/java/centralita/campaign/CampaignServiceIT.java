package centralita.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.openapi.OpenApiPage;
import centralita.embedded.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CampaignServiceIT {
    private static final OpenApiPage PAGE =
            OpenApiPage.in(Path.of(System.getProperty("repository.root")), "campaign-service");

    @Inject
    Pool pool;

    @Test
    void theServiceIsHealthyAndMeasured() {
        // When, then
        for (var kind : new String[] {"live", "ready", "started"}) {
            given().get("/q/health/" + kind).then().statusCode(200);
        }
        assertThat(given().get("/q/metrics").asString()).contains("centralita_build_info");
    }

    /** Run with {@code -Dcontracts.write=true} to store a change on purpose. */
    @Test
    void theStoredOpenApiPageIsWhatTheServiceSays() {
        // When
        var said = given().get("/q/openapi").asString();

        // Then
        assertThat(said).isEqualTo(PAGE.stored(said));
    }

    @Test
    void theDatabaseIsItsOwnAndMigrated() {
        // When
        var rows = pool.query("select count(*) from campaign").executeAndAwait();

        // Then
        assertThat(rows.iterator().next().getLong(0)).isZero();
        assertThat(pool.query("select count(*) from flyway_schema_history where success")
                        .execute()
                        .await()
                        .atMost(Duration.ofSeconds(30))
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
    }

    @Test
    void itSaysThatItPlacesNoCalls() {
        // When
        var answer = given().auth()
                .oauth2(TestTokens.of("campaign-manager"))
                .get("/campaigns/about")
                .then()
                .statusCode(200)
                .extract()
                .as(AboutResource.About.class);

        // Then
        assertThat(answer)
                .isEqualTo(new AboutResource.About(
                        "campaign-service", false, "Campaigns are not part of this version: no calls are placed."));
    }

    @Test
    void tokensAreAskedFor() {
        // When, then
        given().get("/campaigns/about").then().statusCode(401).contentType("application/problem+json");
        given().auth()
                .oauth2(TestTokens.of("analyst"))
                .get("/campaigns/about")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }
}
