package centralita.bridge.pool;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.bridge.ModelStandInResource;
import centralita.bridge.Samples;
import centralita.bridge.TestGateway;
import centralita.bridge.session.Calls;
import centralita.contracts.id.UuidV7;
import centralita.embedded.TestTokens;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bridge that drains, in a process of its own, because there is no way back. */
@QuarkusTest
@TestProfile(DrainIT.Alone.class)
@WithTestResource(ModelStandInResource.class)
class DrainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public static class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // The model stand-in runs in this process: on a busy machine its first word comes late, and that is not
            // judged here.
            return Map.of(
                    "bridge.pool.id",
                    "bridge-that-drains",
                    "bridge.session.attach-patience",
                    "60S",
                    "bridge.session.offer-after",
                    "60S");
        }
    }

    @TestHTTPResource
    URI http;

    @Inject
    RedisDataSource redis;

    @Inject
    Calls calls;

    @Test
    void aDrainingBridgeIsNotReadyTakesNoNewCallsAndGivesItsOwnAway() {
        // Given: one call talks, one is prepared, one finds no turn boundary because nothing of the assistant is heard;
        // none of them lacks a model, or it would be let go for that
        var talking = UuidV7.next();
        var first = new TestGateway(http.getPort(), "a-secret-for-the-tests", 1);
        first.prepare(Samples.prepare(talking, 1));
        awaitPrepared(first);
        first.attach(new LinkControl.Attach(talking, 1, "MZ1", 1));
        var second = new TestGateway(http.getPort(), "a-secret-for-the-tests", 2);
        second.prepare(Samples.prepare(UuidV7.next(), 1));
        awaitPrepared(second);
        var endless = UuidV7.next();
        var deaf = new TestGateway(http.getPort(), "a-secret-for-the-tests", 4);
        deaf.prepare(Samples.prepare(endless, 1));
        awaitPrepared(deaf);
        deaf.stopReading();
        deaf.attach(new LinkControl.Attach(endless, 1, "MZ2", 1));
        await().atMost(PATIENCE).until(() -> calls.active() == 2 && calls.reserved() == 1);
        given().post("/drain").then().statusCode(401);
        given().auth().oauth2(TestTokens.of("analyst")).post("/drain").then().statusCode(403);
        given().get("/q/health/ready").then().statusCode(200);
        // A gateway moves it for balance and has much time.
        deaf.handOver(600_000);

        // When
        given().auth()
                .oauth2(TestTokens.of("service"))
                .post("/drain")
                .then()
                .statusCode(200)
                .body("bridgeId", equalTo("bridge-that-drains"), "active", equalTo(2), "reserved", equalTo(1));

        // Then
        given().get("/q/health/ready").then().statusCode(503);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "draining"
                        .equals(redis.hash(String.class).hget(LiveKeys.bridge("bridge-that-drains"), "state")));
        try (var gateway = new TestGateway(http.getPort(), "a-secret-for-the-tests", 3)) {
            gateway.prepare(Samples.prepare(UuidV7.next(), 1));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
            assertThat(gateway.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"draining\"}");
        }

        // Then: both are given away, again and again until somebody takes them
        for (var gateway : List.of(first, second)) {
            await().atMost(PATIENCE)
                    .until(() -> gateway.records(RecordKind.GIVE_AWAY).size() >= 2);
            assertThat(gateway.records(RecordKind.GIVE_AWAY).getFirst().text()).isEqualTo("{\"reason\":\"draining\"}");
        }

        // When
        first.handOver(60_000);
        second.withdraw();

        // Then: it is empty as soon as the caller was greeted
        await().atMost(PATIENCE).until(() -> !first.records(RecordKind.RELEASED).isEmpty());
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        deaf.readAgain();
        await().atMost(PATIENCE).until(() -> !deaf.records(RecordKind.RELEASED).isEmpty());
        assertThat(deaf.records(RecordKind.HANG_UP)).isEmpty();
        deaf.close();
        first.close();
        second.close();
    }

    private static void awaitPrepared(TestGateway gateway) {
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.PREPARED).isEmpty());
    }
}
