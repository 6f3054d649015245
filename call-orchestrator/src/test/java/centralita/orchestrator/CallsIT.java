package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.call.Topics;
import centralita.contracts.id.UuidV7;
import centralita.embedded.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls from the topics to the REST answers, on real stores. */
@QuarkusTest
class CallsIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void aCallIsReadBackWithItsTimelineTurnsToolsUsageAndTranscript() {
        var callId = UuidV7.next();

        Events.send(Events.story(callId, BEGIN));

        var call = awaitWhole(callId);
        assertThat(call.getMap("call"))
                .containsEntry("state", "ENDED")
                .containsEntry("outcome", "COMPLETED")
                .containsEntry("endReason", "CALLER_HUNG_UP")
                .containsEntry("talkTimeMs", 8800)
                .containsEntry("direction", "INBOUND")
                .containsEntry("callSid", "CA" + callId)
                .containsEntry("assistantId", "customer-service-en")
                .containsEntry("assistantVersion", 1)
                .containsEntry("language", "en-US")
                .containsEntry("answeredAt", "2026-11-23T10:00:00.200Z")
                .containsEntry("endedAt", "2026-11-23T10:00:09Z")
                .containsEntry("from", Map.of("hash", Events.CALLER.hash(), "lastTwo", "67"));
        assertThat(call.getList("timeline.type", String.class))
                .containsExactly(
                        "centralita.call.received.v1",
                        "centralita.call.answered.v1",
                        "centralita.call.media-stream-started.v1",
                        "centralita.call.turn.v1",
                        "centralita.call.tool-called.v1",
                        "centralita.call.model-usage.v1",
                        "centralita.call.model-usage.v1",
                        "centralita.call.ended.v1");
        assertThat(call.getList("turns.firstAudioMs", Integer.class)).containsExactly(420);
        assertThat(call.getList("tools.tool", String.class)).containsExactly("get_current_time");
        assertThat(call.getMap("usage[0].tokens"))
                .isEqualTo(Map.of(
                        "textIn",
                        101,
                        "textCached",
                        60,
                        "audioIn",
                        22,
                        "audioCached",
                        10,
                        "textOut",
                        33,
                        "audioOut",
                        44));
        assertThat(call.getList("transcript.said.text", String.class))
                .containsExactly("Hello, how can I", "What time is it?");
        assertThat(call.getString("transcript.context.from")).isEqualTo("+15551234567");
    }

    /** F-K3, F-W1: repeated up to five times, shuffled across calls and topics. */
    @Test
    void inWhateverOrderAndHoweverOftenEventsComeTheCallIsTheSame() {
        var random = new Random(42);
        var ordered = UuidV7.next();
        Events.send(Events.story(ordered, BEGIN));
        var expected = comparable(awaitWhole(ordered), ordered);

        var callIds = List.of(UuidV7.next(), UuidV7.next(), UuidV7.next());
        var everything = new ArrayList<Events.Told>();
        for (var callId : callIds) {
            for (var told : Events.story(callId, BEGIN)) {
                for (int i = random.nextInt(5); i >= 0; i--) {
                    everything.add(told);
                }
            }
        }
        Collections.shuffle(everything, random);
        Events.send(everything);

        for (var callId : callIds) {
            assertThat(comparable(awaitWhole(callId), callId)).isEqualTo(expected);
        }
    }

    @Test
    void aTranscriptThatComesBeforeItsCallIsKept() {
        var callId = UuidV7.next();
        var story = Events.story(callId, BEGIN);

        Events.send(story.stream()
                .filter(told -> told.topic().equals(Topics.CALL_TRANSCRIPTS))
                .toList());
        await().atMost(LONG).until(() -> get(callId, "admin").statusCode() == 200);
        assertThat(get(callId, "admin").jsonPath().getString("call.state")).isEqualTo("ANNOUNCED");
        Events.send(story.stream()
                .filter(told -> told.topic().equals(Topics.CALL_LIFECYCLE))
                .toList());

        assertThat(awaitWhole(callId).getList("transcript.said")).hasSize(2);
    }

    /** F-K2. */
    @Test
    void aBrokenRecordGoesToTheDeadLettersAndTheNextOneIsTaken() throws Exception {
        var callId = UuidV7.next();
        var event = Events.call(callId, BEGIN, new CallFact.Answered("CA1")).json();
        var broken = List.of(
                "not json " + callId,
                "[\"" + callId + "\"]",
                event.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"x\""),
                event.replaceFirst("\"id\":\"[^\"]*\",", ""),
                event.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"yesterday\""),
                event.replaceFirst("\"data\":\\{.*}", "\"data\":null}"));
        try (var producer = Events.producer()) {
            for (var value : broken) {
                producer.send(new ProducerRecord<>(
                                Topics.CALL_LIFECYCLE, callId.toString(), value.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
            producer.send(new ProducerRecord<>(Topics.CALL_LIFECYCLE, null, null))
                    .get();
        }
        Events.send(List.of(Events.call(callId, BEGIN, new CallFact.Ended(Outcome.NO_ANSWER, EndReason.UNKNOWN, 0))));

        await().atMost(LONG).until(() -> get(callId, "admin").statusCode() == 200);
        assertThat(get(callId, "admin").jsonPath().getString("call.outcome")).isEqualTo("NO_ANSWER");
        var letters = deadLetters(callId, broken.size());
        assertThat(letters)
                .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(broken);
        var first = letters.getFirst();
        assertThat(new String(first.headers().lastHeader("dead-letter-topic").value(), StandardCharsets.UTF_8))
                .isEqualTo(Topics.CALL_LIFECYCLE);
        assertThat(first.headers().lastHeader("dead-letter-offset")).isNotNull();
        assertThat(new String(first.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                .doesNotContain("not json");
    }

    @Test
    void eventsOfANewerKindAreKeptAndHarmless() {
        var callId = UuidV7.next();
        var newer = Events.call(callId, BEGIN, new CallFact.Answered("CA1"));

        Events.send(List.of(
                new Events.Told(newer.topic(), callId, newer.json().replace("call.answered.v1", "call.levitated.v7"))));

        await().atMost(LONG).until(() -> get(callId, "admin").statusCode() == 200);
        assertThat(get(callId, "admin").jsonPath().getString("call.state")).isEqualTo("ANNOUNCED");
    }

    @Test
    void listsArePagedAndFiltered() {
        var past = Instant.parse("2020-01-01T00:00:00Z");
        var callIds = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            var clock = Clock.fixed(past.plusSeconds(i), ZoneOffset.UTC);
            callIds.add(new UuidV7(clock).make());
            Events.send(Events.story(callIds.get(i), past.plusSeconds(i)));
        }
        callIds.forEach(CallsIT::awaitWhole);
        var range = "/calls?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:04Z";

        var first = list(range + "&limit=3");
        var second = list(first.header("Link").replaceFirst("^<(.*)>.*$", "$1"));
        var oldestFirst = list(range + "&sort=createdAt&state=ENDED&outcome=COMPLETED&direction=INBOUND");
        var bySid = list("/calls?callSid=CA" + callIds.get(2));

        assertThat(ids(first)).containsExactly(callIds.get(3), callIds.get(2), callIds.get(1));
        assertThat(ids(second)).containsExactly(callIds.get(0));
        assertThat(second.header("Link")).isNull();
        assertThat(ids(oldestFirst)).isEqualTo(callIds.subList(0, 4));
        assertThat(ids(bySid)).containsExactly(callIds.get(2));
        assertThat(ids(list(range + "&outcome=BUSY"))).isEmpty();
        assertThat(first.jsonPath().getString("items[0].createdAt")).isEqualTo("2020-01-01T00:00:03Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=BORED",
                "outcome=completed",
                "from=yesterday",
                "to=1",
                "sort=name",
                "limit=0",
                "cursor=abc",
                "direction=x"
            })
    void aFilterThatCannotBeReadIsRefused(String query) {
        assertThat(list("/calls?" + query).statusCode()).isEqualTo(400);
    }

    /** TH-32. */
    @ParameterizedTest
    @ValueSource(
            strings = {"01890000-0000-7000-8000-000000000000", "1-1-1-1-1", "x", "00000000-0000-4000-8000-000000000000"
            })
    void whatIsNotThereLooksLikeWhatCannotBe(String callId) {
        var answer = given().auth().oauth2(TestTokens.of("admin")).get("/calls/" + callId);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.jsonPath().getString("detail")).isEqualTo("There is no such call.");
    }

    @Test
    void analystsSeeNothingThatWasSaid() {
        var callId = UuidV7.next();
        Events.send(Events.story(callId, BEGIN));
        awaitWhole(callId);

        var answer = get(callId, "analyst");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getMap("")).doesNotContainKey("transcript");
        assertThat(answer.asString()).doesNotContain("What time is it", "5551234567");
        assertThat(get(callId, "agent").asString()).contains("What time is it");
    }

    private static JsonPath awaitWhole(UUID callId) {
        await().atMost(LONG).until(() -> {
            var answer = get(callId, "admin");
            return answer.statusCode() == 200
                    && answer.jsonPath().getList("timeline").size() == 8
                    && answer.jsonPath().getList("transcript.said.text").contains("Hello, how can I")
                    && answer.jsonPath().getList("transcript.said").size() == 2
                    && answer.jsonPath().get("transcript.context") != null;
        });
        return get(callId, "admin").jsonPath();
    }

    private static String comparable(JsonPath call, UUID callId) {
        return call.prettify()
                .replace(callId.toString(), "the-call")
                .replaceAll("\"createdAt\": \"[^\"]*\"", "\"createdAt\": \"then\"");
    }

    private static Response get(UUID callId, String role) {
        return given().auth().oauth2(TestTokens.of(role)).get("/calls/" + callId);
    }

    private static Response list(String path) {
        return given().auth()
                .oauth2(TestTokens.of("admin"))
                .urlEncodingEnabled(false)
                .get(path);
    }

    private static List<UUID> ids(Response page) {
        return page.jsonPath().getList("items.callId", UUID.class);
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters(UUID callId, int count) {
        var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", System.getProperty("kafka.bootstrap.servers"),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("call-lifecycle-call-orchestrator-dead"));
            await().pollInSameThread().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (callId.toString().equals(record.key())) {
                        letters.add(record);
                    }
                });
                return letters.size() >= count;
            });
        }
        return letters;
    }
}
