package centralita.bridge.pool;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import centralita.audiolink.RecordKind;
import centralita.bridge.Samples;
import centralita.bridge.TestGateway;
import centralita.contracts.id.UuidV7;
import centralita.embedded.TestTokens;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bridge that drains, in a process of its own, because there is no way back. */
@QuarkusTest
@TestProfile(DrainIT.Alone.class)
class DrainIT {
    public static class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("bridge.pool.id", "bridge-that-drains");
        }
    }

    @TestHTTPResource
    URI http;

    @Inject
    RedisDataSource redis;

    @Test
    void aDrainingBridgeIsNotReadyTakesNoNewCallsAndSaysSo() {
        // Given
        given().post("/drain").then().statusCode(401);
        given().auth().oauth2(TestTokens.of("analyst")).post("/drain").then().statusCode(403);
        given().get("/q/health/ready").then().statusCode(200);

        // When
        given().auth()
                .oauth2(TestTokens.of("service"))
                .post("/drain")
                .then()
                .statusCode(200)
                .body("bridgeId", equalTo("bridge-that-drains"), "active", equalTo(0));

        // Then
        given().get("/q/health/ready").then().statusCode(503);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "draining"
                        .equals(redis.hash(String.class).hget(LiveKeys.bridge("bridge-that-drains"), "state")));
        try (var gateway = new TestGateway(http.getPort(), "a-secret-for-the-tests", 1)) {
            gateway.prepare(Samples.prepare(UuidV7.next(), 1));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
            assertThat(gateway.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"draining\"}");
        }
    }
}
