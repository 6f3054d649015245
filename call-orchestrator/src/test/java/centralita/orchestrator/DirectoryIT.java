package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import centralita.embedded.TestTokens;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Assistants and numbers from REST to Redis, on real stores. */
@QuarkusTest
class DirectoryIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String DRAFT = """
            {"name": "%s", "language": "en-US", "instructions": "Be kind.",
             "model": {"voice": "cedar"}, "tools": [{"kind": "builtin", "name": "end_call"}]}""";

    @Inject
    RedisDataSource redis;

    @Test
    void aNewDeploymentAnswersEveryNumber() {
        await().atMost(LONG).untilAsserted(() -> assertThat(value("number:*")).isEqualTo("customer-service-en"));
        var english = ContractsJson.read(value("assistant:customer-service-en"), AssistantProfile.class);
        var spanish = ContractsJson.read(value("assistant:customer-service-es"), AssistantProfile.class);

        assertThat(english.version()).isEqualTo(1);
        assertThat(spanish.language()).isEqualTo("es-ES");
        assertThat(asAdmin().get("/numbers/*").jsonPath().getString("assistantId"))
                .isEqualTo("customer-service-en");
    }

    @Test
    void everyChangeIsAVersionAndTheOldOnesStay() {
        var created = put("front-desk-a", null, DRAFT.formatted("First"));
        var changed = put("front-desk-a", created.header("ETag"), DRAFT.formatted("Second"));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(name("/assistants/front-desk-a")).isEqualTo("Second");
        assertThat(name("/assistants/front-desk-a/versions/1")).isEqualTo("First");
        assertThat(name("/assistants/front-desk-a/versions/2")).isEqualTo("Second");
        assertThat(asAdmin().get("/assistants/front-desk-a/versions/3").statusCode())
                .isEqualTo(404);
        awaitTold(() -> assertThat(ContractsJson.read(value("assistant:front-desk-a"), AssistantProfile.class)
                        .version())
                .isEqualTo(2));
    }

    @Test
    void whoHasNotReadTheLastVersionCannotChangeIt() {
        put("front-desk-b", null, DRAFT.formatted("First"));
        put("front-desk-b", "\"1\"", DRAFT.formatted("Second"));

        assertThat(put("front-desk-b", "\"1\"", DRAFT.formatted("Third")).statusCode())
                .isEqualTo(412);
        assertThat(put("front-desk-b", "W/\"2\"", DRAFT.formatted("Third")).statusCode())
                .isEqualTo(412);
        assertThat(put("front-desk-b", null, DRAFT.formatted("Third")).statusCode())
                .isEqualTo(428);
        assertThat(put("not-there", "\"1\"", DRAFT.formatted("Third")).statusCode())
                .isEqualTo(412);
        assertThat(asAdmin()
                        .header("If-None-Match", "*")
                        .body(DRAFT.formatted("Third"))
                        .put("/assistants/front-desk-b")
                        .statusCode())
                .isEqualTo(412);
        assertThat(name("/assistants/front-desk-b")).isEqualTo("Second");
    }

    @Test
    void anAssistantThatCannotWorkIsRefusedWithPointers() {
        var wrong = put("front-desk-c", null, DRAFT.formatted("").replace("cedar", "hal"));
        var unknownField = put("front-desk-c", null, DRAFT.formatted("A").replace("\"model\"", "\"modell\""));
        var badId = put("Front_Desk", null, DRAFT.formatted("A"));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.jsonPath().getList("errors.pointer", String.class)).containsExactly("/name", "/model/voice");
        assertThat(unknownField.statusCode()).isEqualTo(400);
        assertThat(unknownField.jsonPath().getList("errors.pointer", String.class))
                .containsExactly("/modell");
        assertThat(badId.statusCode()).isEqualTo(400);
        assertThat(asAdmin().put("/assistants/front-desk-c").statusCode()).isEqualTo(400);
        assertThat(asAdmin().get("/assistants/front-desk-c").statusCode()).isEqualTo(404);
    }

    @Test
    void aNumberIsGivenToAnAssistantAndTakenAway() {
        var given = asAdmin().body("{\"assistantId\": \"customer-service-es\"}").put("/numbers/+34910000001");

        assertThat(given.statusCode()).isEqualTo(200);
        awaitTold(() -> assertThat(value("number:+34910000001")).isEqualTo("customer-service-es"));
        assertThat(asAdmin().get("/numbers").jsonPath().getList("items.number", String.class))
                .contains("*", "+34910000001");
        assertThat(asAdmin().delete("/numbers/+34910000001").statusCode()).isEqualTo(204);
        awaitTold(() -> assertThat(value("number:+34910000001")).isNull());
        assertThat(asAdmin().delete("/numbers/+34910000001").statusCode()).isEqualTo(404);
        assertThat(asAdmin().get("/numbers/+34910000001").statusCode()).isEqualTo(404);
    }

    @Test
    void anAssignmentThatCannotWorkIsRefused() {
        assertThat(asAdmin()
                        .body("{\"assistantId\": \"nobody\"}")
                        .put("/numbers/+34910000002")
                        .statusCode())
                .isEqualTo(422);
        assertThat(asAdmin().body("{}").put("/numbers/+34910000002").statusCode())
                .isEqualTo(422);
        assertThat(asAdmin()
                        .body("{\"assistantId\": \"customer-service-es\"}")
                        .put("/numbers/0034910000002")
                        .statusCode())
                .isEqualTo(400);
    }

    /** F-S1: what Redis lost comes back by itself, and what it kept too long goes. */
    @Test
    void aRedisThatComesBackEmptyIsFilledAgain() {
        await().atMost(LONG).until(() -> value("assistant:customer-service-es") != null);
        redis.key().del("assistant:customer-service-es", "number:*");
        redis.value(String.class).set("number:+34910000009", "customer-service-es");

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(value("assistant:customer-service-es")).isNotNull();
            assertThat(value("number:*")).isEqualTo("customer-service-en");
            assertThat(value("number:+34910000009")).isNull();
        });
    }

    /** The turn of telling everything, which comes every few seconds, may show the state before for a moment. */
    private static void awaitTold(ThrowingRunnable told) {
        await().atMost(LONG).untilAsserted(told);
    }

    private String value(String key) {
        return redis.value(String.class).get(key);
    }

    private static String name(String path) {
        return asAdmin().get(path).jsonPath().getString("name");
    }

    private static Response put(String assistantId, String ifMatch, String body) {
        var request = asAdmin().body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put("/assistants/" + assistantId);
    }

    private static RequestSpecification asAdmin() {
        return given().auth()
                .oauth2(TestTokens.of("admin"))
                .contentType("application/json")
                .urlEncodingEnabled(false);
    }
}
