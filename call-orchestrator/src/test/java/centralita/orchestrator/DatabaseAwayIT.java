package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallbackCause;
import centralita.contracts.id.UuidV7;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestFact;
import centralita.embedded.DatabaseDetour;
import centralita.embedded.DatabaseDetour.Moment;
import centralita.embedded.TestTokens;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PostgreSQL that goes away, and whose connections break at the worst moment. */
@QuarkusTest
@WithTestResource(DetouredDatabase.class)
class DatabaseAwayIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private static final String DRAFT = """
            {"name": "%s", "language": "en-US", "instructions": "Be kind.",
             "model": {"voice": "cedar"}, "tools": [{"kind": "builtin", "name": "end_call"}]}""";

    DatabaseDetour detour;

    @Inject
    RedisDataSource redis;

    @Inject
    Pool database;

    @AfterEach
    void theDatabaseIsBack() {
        detour.open();
    }

    /** F-S4. */
    @ParameterizedTest
    @ValueSource(strings = {"/assistants", "/assistants/customer-service-en", "/numbers", "/calls", "/callbacks"})
    void whileTheDatabaseIsAwayRestSaysWhenToAskAgainAndThenAnswers(String path) {
        // Given: a connection that was in use, and one that was not
        assertThat(asAdmin().get(path).statusCode()).isEqualTo(200);

        // When
        detour.refuse();
        var meanwhile = asAdmin().get(path);
        detour.open();

        // Then: also when the pool has not seen yet that a connection is gone
        assertUnavailable(meanwhile);
        await().atMost(LONG).until(() -> asAdmin().get(path).statusCode() == 200);
    }

    /** F-S4: nothing is half done, and the same request does it later. */
    @Test
    void whatCannotBeStoredIsRefusedAsAWhole() {
        // Given
        detour.refuse();

        // When
        var refused = put("away-a", null, "First");
        var noNumber =
                asAdmin().body("{\"assistantId\": \"customer-service-es\"}").put("/numbers/+34910000101");
        detour.open();
        await().atMost(LONG).until(() -> asAdmin().get("/assistants").statusCode() == 200);
        var before = asAdmin().get("/assistants/away-a").statusCode();
        var created = put("away-a", null, "First");

        // Then
        assertUnavailable(refused);
        assertUnavailable(noNumber);
        assertThat(before).isEqualTo(404);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(asAdmin().get("/numbers/+34910000101").statusCode()).isEqualTo(404);
    }

    /** F-S4: what gateways answer calls from stays in Redis, and events wait in their topic. */
    @Test
    void callsAreStillAnsweredAndTheirEventsAreCaughtUpWith() {
        // Given
        await().atMost(LONG)
                .until(() -> known("customer-service-en") && redis.key().exists(LiveKeys.number("*")));
        var callId = UuidV7.next();

        // When
        detour.refuse();
        Events.send(Events.story(callId, BEGIN));
        assertThat(known("customer-service-en")).isTrue();
        assertThat(redis.value(String.class).get(LiveKeys.number("*"))).isEqualTo("customer-service-en");
        detour.open();

        // Then
        await().atMost(LONG).until(() -> "ENDED".equals(state(callId)));
    }

    /** F-S5, I5. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void aVersionWhoseCommitIsCutIsStoredOnceAndItsAuthorHearsThat(Moment moment) {
        // Given
        var id = "cut-" + moment.name().toLowerCase(java.util.Locale.ROOT);

        // When
        var first = detour.cutCommit("insert into assistant_version", moment);
        var created = put(id, null, "First");
        var second = detour.cutCommit("insert into assistant_version", moment);
        var changed = put(id, created.header("ETag"), "Second");

        // Then
        assertThat(first.happened()).isTrue();
        assertThat(second.happened()).isTrue();
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(asAdmin().get("/assistants/" + id + "/versions/1").jsonPath().getString("name"))
                .isEqualTo("First");
        assertThat(asAdmin().get("/assistants/" + id).jsonPath().getString("name"))
                .isEqualTo("Second");
        assertThat(asAdmin().get("/assistants/" + id + "/versions/3").statusCode())
                .isEqualTo(404);
    }

    /** F-S5. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void anAssignmentWhoseAnswerIsLostIsMadeAndTakenAway(Moment moment) {
        // Given
        var number = "/numbers/+3491000020" + moment.ordinal();

        // When
        var given = detour.cut("insert into number", 0, moment);
        var put = asAdmin().body("{\"assistantId\": \"customer-service-es\"}").put(number);
        var stored = asAdmin().get(number);
        var taken = detour.cut("delete from number", 0, moment);
        var deleted = asAdmin().delete(number);

        // Then
        assertThat(given.happened()).isTrue();
        assertThat(taken.happened()).isTrue();
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(stored.jsonPath().getString("assistantId")).isEqualTo("customer-service-es");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(asAdmin().get(number).statusCode()).isEqualTo(404);
    }

    /** F-S5, I5: the decision and its event stand together, and the event reaches its consumers once in effect. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void aCallbackWhoseCommitIsCutIsClosedOnceAndToldOnce(Moment moment) {
        // Given
        var callId = UuidV7.next();
        var booking = detour.cutCommit("insert into callback", moment);
        Events.send(List.of(Events.asked(
                callId,
                BEGIN,
                new RequestFact.Callback(
                        new PhoneNumber("+3460000030" + moment.ordinal()),
                        null,
                        "customer-service-es",
                        "es-ES",
                        CallbackCause.MODEL_UNAVAILABLE,
                        BEGIN))));
        var callbackId = awaitCallback(callId);

        // When
        var closing = detour.cutCommit("update callback set status", moment);
        var done = asAdmin().post("/callbacks/" + callbackId + "/done");
        var again = asAdmin().post("/callbacks/" + callbackId + "/done");

        // Then
        await().atMost(LONG).until(booking::happened);
        await().atMost(LONG).until(closing::happened);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.jsonPath().getString("status")).isEqualTo("DONE");
        assertThat(again.asString()).isEqualTo(done.asString());
        await().atMost(LONG).until(() -> timeline(callId).contains("centralita.call.callback-closed.v1"));
        assertThat(timeline(callId)).containsExactly("centralita.call.callback-closed.v1");
    }

    /** F-S5, F-K6: the relay does not learn that it has sent an event, and sends it again. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void anEventOfTheOutboxWhoseCommitIsCutHasOneEffect(Moment moment) {
        // Given
        var callId = UuidV7.next();
        Events.send(List.of(Events.asked(
                callId,
                BEGIN,
                new RequestFact.Callback(
                        new PhoneNumber("+3460000040" + moment.ordinal()),
                        null,
                        "customer-service-es",
                        "es-ES",
                        CallbackCause.MODEL_UNAVAILABLE,
                        BEGIN))));
        var callbackId = awaitCallback(callId);

        // When
        var relay = detour.cutCommit("delete from outbox", moment);
        asAdmin().post("/callbacks/" + callbackId + "/cancel");
        await().atMost(LONG).until(relay::happened);
        await().atMost(LONG).until(this::outboxIsEmpty);
        // Of the same call, so behind whatever was sent of it.
        Events.send(List.of(Events.call(callId, BEGIN, new CallFact.Answered("CA1"))));
        await().atMost(LONG).until(() -> timeline(callId).contains("centralita.call.answered.v1"));

        // Then
        assertThat(timeline(callId))
                .containsExactlyInAnyOrder("centralita.call.callback-closed.v1", "centralita.call.answered.v1");
    }

    private static void assertUnavailable(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo("UNAVAILABLE");
    }

    private boolean outboxIsEmpty() {
        return database.query("select 1 from outbox")
                        .execute()
                        .await()
                        .atMost(LONG)
                        .size()
                == 0;
    }

    private boolean known(String assistantId) {
        return redis.key().exists(LiveKeys.assistant(assistantId));
    }

    private static String awaitCallback(UUID callId) {
        await().atMost(LONG).until(() -> callback(callId) != null);
        return callback(callId);
    }

    private static String callback(UUID callId) {
        return asAdmin()
                .get("/callbacks?limit=200")
                .jsonPath()
                .getString("items.find { it.callId == '" + callId + "' }?.callbackId");
    }

    private static String state(UUID callId) {
        return asAdmin().get("/calls/" + callId).jsonPath().getString("call.state");
    }

    private static List<String> timeline(UUID callId) {
        var answer = asAdmin().get("/calls/" + callId);
        return answer.statusCode() == 200 ? answer.jsonPath().getList("timeline.type", String.class) : List.of();
    }

    private static Response put(String assistantId, String ifMatch, String name) {
        var request = asAdmin().body(DRAFT.formatted(name));
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put("/assistants/" + assistantId);
    }

    private static RequestSpecification asAdmin() {
        return given().auth()
                .oauth2(TestTokens.of("admin"))
                .contentType("application/json")
                .urlEncodingEnabled(false);
    }
}
