package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallbackCause;
import centralita.contracts.id.UuidV7;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestFact;
import centralita.embedded.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who are to be called back, from the topic to the REST answers. */
@QuarkusTest
class CallbacksIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant ASKED = Instant.parse("2026-11-23T10:00:00Z");

    @Inject
    Pool database;

    @Test
    void aRequestIsBookedAndShownWithoutItsNumber() {
        // Given
        var number = aNumber();
        var callId = UuidV7.next();

        // When
        Events.send(List.of(request(callId, number)));

        // Then
        var callback = awaitOpen(callId);
        assertThat(callback)
                .containsEntry("status", "BOOKED")
                .containsEntry("callId", callId.toString())
                .containsEntry("numberLastTwo", number.lastTwo())
                .containsEntry("assistantId", "customer-service-es")
                .containsEntry("language", "es-ES")
                .containsEntry("cause", "MODEL_UNAVAILABLE")
                .containsEntry("requestedAt", "2026-11-23T10:00:00Z");
        assertThat(list("").asString()).doesNotContain(number.e164().substring(1));
    }

    /** TH-12, F-K3. */
    @Test
    void aNumberHasOneOpenCallbackHoweverOftenItIsAskedFor() {
        // Given
        var number = aNumber();
        var requests = new ArrayList<Events.Told>();
        for (int i = 0; i < 5; i++) {
            var request = request(UuidV7.next(), number);
            requests.addAll(Collections.nCopies(3, request));
        }
        Collections.shuffle(requests, new java.util.Random(42));

        // When
        Events.send(requests);
        var last = UuidV7.next();
        Events.send(List.of(request(last, aNumber())));
        awaitAllTaken(requests.stream().map(Events.Told::json).toList());

        // Then
        assertThat(open(number)).isEqualTo(1);
    }

    @Test
    void aCallbackIsDoneOnceForgetsItsNumberAndTellsIt() {
        // Given
        var callId = UuidV7.next();
        var number = aNumber();
        var request = request(callId, number);
        Events.send(List.of(request));
        var callbackId = awaitOpen(callId).get("callbackId").toString();

        // When
        var done = post(callbackId, "done");
        var again = post(callbackId, "done");
        var other = post(callbackId, "cancel");
        var later = request(callId, aNumber());
        Events.send(List.of(request, later));
        awaitAllTaken(List.of(later.json()));

        // Then
        assertThat(done.jsonPath().getString("status")).isEqualTo("DONE");
        assertThat(again.asString()).isEqualTo(done.asString());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.jsonPath().getString("code")).isEqualTo("CALLBACK_CLOSED");
        var kept = database.preparedQuery("select number, our_number from callback where callback_id = $1")
                .execute(Tuple.of(UUID.fromString(callbackId)))
                .await()
                .atMost(LONG)
                .iterator()
                .next();
        assertThat(kept.getString("number")).isNull();
        assertThat(kept.getString("our_number")).isNull();
        await().atMost(LONG).until(() -> timeline(callId).contains("centralita.call.callback-closed.v1"));
        assertThat(timeline(callId)).containsExactly("centralita.call.callback-closed.v1");
        assertThat(open(number)).isZero();
    }

    @Test
    void whoWasCalledMayBeBookedAgain() {
        // Given
        var number = aNumber();
        var first = UuidV7.next();
        var second = UuidV7.next();
        Events.send(List.of(request(first, number)));
        post(awaitOpen(first).get("callbackId").toString(), "cancel");

        // When
        Events.send(List.of(request(second, number)));

        // Then
        assertThat(awaitOpen(second)).containsEntry("status", "BOOKED");
    }

    @Test
    void listsArePagedAndFiltered() {
        // Given
        var callIds = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var callId = UuidV7.next();
            callIds.add(callId.toString());
            Events.send(List.of(request(callId, aNumber())));
            awaitOpen(callId);
        }

        // When
        var found = new ArrayList<String>();
        var page = list("?limit=2&status=BOOKED");
        while (true) {
            found.addAll(page.jsonPath().getList("items.callId", String.class));
            var next = page.header("Link");
            if (next == null || found.containsAll(callIds)) {
                break;
            }
            assertThat(page.jsonPath().getList("items")).hasSize(2);
            page = get(next.replaceFirst("^<(.*)>.*$", "$1"));
        }

        // Then
        assertThat(found).doesNotHaveDuplicates().containsAll(callIds);
        assertThat(found.indexOf(callIds.get(0))).isGreaterThan(found.indexOf(callIds.get(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?status=open", "?limit=0", "?cursor=x"})
    void aFilterThatCannotBeReadIsRefused(String query) {
        assertThat(list(query).statusCode()).isEqualTo(400);
    }

    /** TH-32. */
    @ParameterizedTest
    @ValueSource(strings = {"01890000-0000-7000-8000-000000000000", "1-1-1-1-1", "x"})
    void whatIsNotThereLooksLikeWhatCannotBe(String callbackId) {
        var answer = post(callbackId, "done");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.jsonPath().getString("detail")).isEqualTo("There is no such callback.");
    }

    /** F-K2: what is asked for in a way that nobody can read does not stop the others. */
    @Test
    void aRequestThatCannotBeReadGoesToTheDeadLetters() {
        // Given
        var broken = request(UuidV7.next(), aNumber());
        var after = request(broken.callId(), aNumber());

        // When
        Events.send(List.of(
                new Events.Told(
                        broken.topic(),
                        broken.callId(),
                        broken.json().replaceFirst("\"number\":\"[^\"]*\"", "\"number\":\"anonymous\"")),
                new Events.Told(
                        broken.topic(),
                        broken.callId(),
                        broken.json().replace("request.callback.v1", "request.flowers.v7")),
                after));
        awaitAllTaken(List.of(after.json()));

        // Then
        assertThat(found(broken.callId())).hasSize(1);
    }

    private static PhoneNumber aNumber() {
        return new PhoneNumber("+346" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000));
    }

    private static Events.Told request(UUID callId, PhoneNumber number) {
        return Events.asked(
                callId,
                ASKED,
                new RequestFact.Callback(
                        number,
                        new PhoneNumber("+34910000000"),
                        "customer-service-es",
                        "es-ES",
                        CallbackCause.MODEL_UNAVAILABLE,
                        ASKED));
    }

    private static Map<String, Object> awaitOpen(UUID callId) {
        await().atMost(LONG).until(() -> !found(callId).isEmpty());
        return found(callId).getFirst();
    }

    private static List<Map<String, Object>> found(UUID callId) {
        return list("?status=BOOKED&limit=200").jsonPath().getList("items.findAll { it.callId == '" + callId + "' }");
    }

    private void awaitAllTaken(List<String> requests) {
        var ids = requests.stream()
                .map(json -> UUID.fromString(json.replaceFirst(".*?\"id\":\"([^\"]*)\".*", "$1")))
                .distinct()
                .toArray(UUID[]::new);
        await().atMost(LONG)
                .until(() -> database.preparedQuery("select count(*) as n from inbox where event_id = any($1)")
                                .execute(Tuple.tuple().addArrayOfUUID(ids))
                                .await()
                                .atMost(LONG)
                                .iterator()
                                .next()
                                .getLong("n")
                        == ids.length);
    }

    private long open(PhoneNumber number) {
        return database.preparedQuery("select count(*) as n from callback where number = $1 and status = 'BOOKED'")
                .execute(Tuple.of(number.e164()))
                .await()
                .atMost(LONG)
                .iterator()
                .next()
                .getLong("n");
    }

    private static List<String> timeline(UUID callId) {
        var answer = get("/calls/" + callId);
        return answer.statusCode() == 200 ? answer.jsonPath().getList("timeline.type", String.class) : List.of();
    }

    private static Response list(String query) {
        return get("/callbacks" + query);
    }

    private static Response get(String path) {
        return given().auth()
                .oauth2(TestTokens.of("agent"))
                .urlEncodingEnabled(false)
                .get(path);
    }

    private static Response post(String callbackId, String what) {
        return given().auth().oauth2(TestTokens.of("agent")).post("/callbacks/" + callbackId + "/" + what);
    }
}
