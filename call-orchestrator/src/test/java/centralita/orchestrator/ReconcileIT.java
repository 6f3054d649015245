package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.call.Topics;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.embedded.TestTokens;
import centralita.simulators.twilio.ApiFault;
import centralita.simulators.twilio.TwilioStandIn;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Calls whose end nobody tells us (I4), with a Twilio that knows of it, does not, or cannot be asked. */
@QuarkusTest
@WithTestResource(TwilioForTests.class)
class ReconcileIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ONE_SECOND = "<Response><Pause length='1'/></Response>";
    private static final String FOR_LONG = "<Response><Pause length='600'/></Response>";

    TwilioStandIn twilio;

    @Inject
    MeterRegistry meters;

    @Inject
    Pool database;

    /** F-W2. */
    @Test
    void aCallWhoseEndNobodyToldIsFoundToBeOverAndItsEndIsToldOnce() {
        // Given
        var callId = UuidV7.next();
        var callSid = place(ONE_SECOND);
        var reaped = reaped("callback-lost");

        // When
        Events.send(beginning(callId, callSid));

        // Then
        var call = awaitEnded(callId);
        assertThat(call.getMap("call"))
                .containsEntry("outcome", "COMPLETED")
                .containsEntry("endReason", "UNKNOWN")
                .containsEntry("talkTimeMs", atProvider(callSid).getInt("duration") * 1000);
        var ends = endsOf(callId);
        assertThat(ends).hasSize(1);
        assertThat(ends.getFirst().source()).hasToString("/call-orchestrator");
        assertThat(ends.getFirst().id()).isEqualTo(CallEvent.idOfEnd(callId));
        assertThat(reaped("callback-lost")).isEqualTo(reaped + 1);
    }

    @Test
    void whyItEndedIsWhatTheConversationSaid() {
        // Given
        var callId = UuidV7.next();
        var callSid = place(FOR_LONG);
        Events.send(beginning(callId, callSid));
        Events.send(List.of(Events.call(
                callId,
                Instant.now(),
                new CallFact.ConversationEnded(EndReason.CALLER_HUNG_UP, 3, 0, 0, 60_000, 1, null))));
        await().atMost(LONG).until(() -> get(callId).prettify().contains("centralita.call.conversation-ended.v1"));

        // When
        provider().formParam("Status", "completed").post(address(callSid));

        // Then
        assertThat(awaitEnded(callId).getMap("call"))
                .containsEntry("outcome", "COMPLETED")
                .containsEntry("endReason", "CALLER_HUNG_UP");
    }

    /** The gateway's word may be late, and was on its way all the time. */
    @Test
    void anEndThatTheGatewayTellsAfterwardsChangesNothing() {
        // Given
        var callId = UuidV7.next();
        var callSid = place(ONE_SECOND);
        Events.send(beginning(callId, callSid));
        var found = awaitEnded(callId).prettify();

        // When
        Events.send(List.of(
                Events.call(callId, Instant.now(), new CallFact.Ended(Outcome.FAILED, EndReason.STREAM_LOST, 7)),
                Events.call(callId, Instant.now(), new CallFact.Ringing(callSid))));

        // Then: what came later is in the timeline, and that is all it does
        await().atMost(LONG).until(() -> timeline(callId).contains("centralita.call.ringing.v1"));
        assertThat(get(callId).getMap("call")).isEqualTo(new JsonPath(found).getMap("call"));
        assertThat(timeline(callId)).containsOnlyOnce("centralita.call.ended.v1");
    }

    @Test
    void aCallThatGoesOnAtTheProviderIsLeftAloneAndCounted() {
        // Given
        var callId = UuidV7.next();
        var silent = meters.counter("calls.silent").count();

        // When
        Events.send(beginning(callId, place(FOR_LONG)));

        // Then
        await().atMost(LONG).until(() -> meters.counter("calls.silent").count() >= silent + 2);
        assertThat(get(callId).getString("call.state")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void aCallThatTheProviderDoesNotKnowIsReaped() {
        // Given
        var callId = UuidV7.next();
        var reaped = reaped("not-known");

        // When
        Events.send(beginning(callId, "CA" + callId.toString().replace("-", "")));

        // Then
        assertThat(awaitEnded(callId).getMap("call"))
                .containsEntry("outcome", "UNKNOWN")
                .containsEntry("endReason", "UNKNOWN");
        // Calls of other tests may be reaped at the same time.
        assertThat(reaped("not-known")).isGreaterThanOrEqualTo(reaped + 1);
    }

    @Test
    void aCallOfWhichOnlyTheBridgeSpokeIsReaped() {
        // Given
        var callId = UuidV7.next();
        var reaped = reaped("no-call-sid");

        // When
        Events.send(List.of(
                Events.call(callId, Instant.now(), new CallFact.Turn(1, "greeting", 0, 420L, 1800, 900, false))));

        // Then
        assertThat(awaitEnded(callId).getString("call.outcome")).isEqualTo("UNKNOWN");
        assertThat(reaped("no-call-sid")).isGreaterThanOrEqualTo(reaped + 1);
    }

    @Test
    void aProviderThatFailsOrIsBusyIsAskedAgain() {
        // Given
        var callId = UuidV7.next();
        var throttled =
                meters.counter("calls.reconciled", "result", "throttled").count();
        var callSid = place(ONE_SECOND);
        twilio.nextFaultAboutCalls(new ApiFault.TooManyRequests(1));
        twilio.nextFaultAboutCalls(new ApiFault.ServerError(503));
        twilio.nextFaultAboutCalls(new ApiFault.ResetAfterAccept());

        // When
        Events.send(beginning(callId, callSid));

        // Then
        assertThat(awaitEnded(callId).getString("call.outcome")).isEqualTo("COMPLETED");
        assertThat(meters.counter("calls.reconciled", "result", "throttled").count())
                .isGreaterThan(throttled);
    }

    @Test
    void aCallLongerThanAnyMayBeIsHungUpAndThenFoundToBeOver() {
        // Given
        var fiveHoursAgo = Clock.fixed(Instant.now().minus(Duration.ofHours(5)), ZoneOffset.UTC);
        var callId = new UuidV7(fiveHoursAgo).make();
        var callSid = place(FOR_LONG);

        // When
        Events.send(beginning(callId, callSid));

        // Then
        assertThat(awaitEnded(callId).getMap("call"))
                .containsEntry("outcome", "COMPLETED")
                .containsEntry("endReason", "DURATION_LIMIT");
        var meant = database.preparedQuery("select hang_up_at from call where call_id = $1")
                .execute(Tuple.of(callId))
                .await()
                .atMost(LONG);
        assertThat(meant.iterator().next().getOffsetDateTime("hang_up_at")).isNotNull();
    }

    /** A call at the stand-in, answered; its callbacks go nowhere. */
    private String place(String twiml) {
        var callSid = provider()
                .formParam("To", "+14155550177")
                .formParam("From", "+15005550006")
                .formParam("Twiml", twiml)
                .post(account() + "/Calls.json")
                .jsonPath()
                .getString("sid");
        await().atMost(LONG).until(() -> atProvider(callSid).getString("status").matches("in-progress|completed"));
        return callSid;
    }

    /** The call as the stand-in shows it. */
    private JsonPath atProvider(String callSid) {
        return provider().get(address(callSid)).jsonPath();
    }

    private static RequestSpecification provider() {
        return given().auth().preemptive().basic(TwilioForTests.ACCOUNT, TwilioForTests.TOKEN);
    }

    private String address(String callSid) {
        return account() + "/Calls/" + callSid + ".json";
    }

    private String account() {
        return twilio.baseUrl() + "/2010-04-01/Accounts/" + TwilioForTests.ACCOUNT;
    }

    private static List<Events.Told> beginning(UUID callId, String callSid) {
        var now = Instant.now();
        return List.of(
                Events.call(
                        callId,
                        now,
                        new CallFact.Received(
                                Direction.INBOUND,
                                callSid,
                                "customer-service-en",
                                1,
                                "en-US",
                                Events.CALLER,
                                Events.US)),
                Events.call(callId, now, new CallFact.Answered(callSid)));
    }

    private double reaped(String reason) {
        return meters.counter("calls.reaped", "reason", reason).count();
    }

    private static JsonPath awaitEnded(UUID callId) {
        await().atMost(LONG).until(() -> "ENDED".equals(get(callId).getString("call.state")));
        return get(callId);
    }

    private static List<String> timeline(UUID callId) {
        return get(callId).getList("timeline.type", String.class);
    }

    private static JsonPath get(UUID callId) {
        return given().auth()
                .oauth2(TestTokens.of("admin"))
                .get("/calls/" + callId)
                .jsonPath();
    }

    /** All that the topic holds of a call's end at this moment. */
    private static List<CallEvent> endsOf(UUID callId) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers")),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.CALL_LIFECYCLE).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new java.util.ArrayList<CallEvent>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (callId.toString().equals(record.key()) && record.value().contains("centralita.call.ended.v1")) {
                        found.add(ContractsJson.read(record.value(), CallEvent.class));
                    }
                }
            }
            return found;
        }
    }
}
