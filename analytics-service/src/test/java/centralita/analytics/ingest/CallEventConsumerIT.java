package centralita.analytics.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.analytics.CallStory;
import centralita.analytics.LifecycleTopic;
import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Topics;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.edge.trace.PropagatedTrace;
import centralita.embedded.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CallEventConsumerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Inject
    FactRepository facts;

    @Inject
    InboxSweeper sweeper;

    @Inject
    PropagatedTrace traces;

    @Inject
    Pool pool;

    private LifecycleTopic topic;

    @BeforeEach
    void connect() {
        topic = new LifecycleTopic();
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachEventOneToFiveTimesShuffledGivesTheSameReadModel_FK3(long seed) {
        // Given: the same calls twice, once as they happened
        var orderly = calls("orderly-" + seed);
        var disorderly = calls("disorderly-" + seed);
        var random = new Random(seed);
        var shuffled = new ArrayList<CallEvent>();
        for (var call : disorderly) {
            // An end that two services tell is one event, and what is told first counts: within a call Kafka keeps
            // order.
            var ids = new HashSet<UUID>();
            for (var event : call.events()) {
                if (ids.add(event.id())) {
                    shuffled.addAll(Collections.nCopies(1 + random.nextInt(5), event));
                }
            }
        }
        Collections.shuffle(shuffled, random);

        // When
        orderly.forEach(call -> topic.send(call.events()));
        topic.send(shuffled);
        shuffled.addAll(disorderly.stream().map(call -> markerOf(call.callId())).toList());
        topic.send(shuffled.subList(shuffled.size() - disorderly.size(), shuffled.size()));
        orderly.forEach(call -> LifecycleTopic.awaitApplied(call.events()));
        LifecycleTopic.awaitApplied(shuffled);

        // Then
        assertThat(summary("disorderly-" + seed).replace("disorderly", "orderly"))
                .as("seed %d", seed)
                .isEqualTo(summary("orderly-" + seed));
        for (var i = 0; i < orderly.size(); i++) {
            assertThat(detail(disorderly.get(i)).replace("disorderly", "orderly"))
                    .as("seed %d, call %d", seed, i)
                    .isEqualTo(detail(orderly.get(i)));
        }
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersUnchangedAndTheNextIsTaken_FK2() {
        // Given
        var good = CallStory.good("after-the-broken");
        var id = UuidV7.next().toString();
        var ended = ContractsJson.write(good.events().getLast());
        var broken = new HashMap<String, byte[]>();
        broken.put("not json " + id, bytes("this is not JSON"));
        broken.put("empty " + id, new byte[0]);
        broken.put("no event " + id, bytes("{\"hello\":\"world\"}"));
        broken.put("wrong schema " + id, bytes(ended.replace("\"outcome\"", "\"outcomes\"")));
        broken.put("another call's key " + id, bytes(ended));
        broken.put("too deep " + id, bytes("[".repeat(50_000)));
        broken.put("too long a text " + id, bytes("{\"id\":\"" + "x".repeat(900_000) + "\""));
        var withoutKey = bytes(ended.replace("\"talkTimeMs\":80000", "\"talkTimeMs\":81000"));
        var withoutValue = good.callId().toString();
        var refusedByDatabase = UuidV7.next();
        var poison = CallEvent.of(
                "realtime-bridge",
                refusedByDatabase,
                Instant.EPOCH,
                null,
                new CallFact.ToolCalled("call_1", "null\u0000byte", "ok", 1));

        // When
        broken.forEach(topic::send);
        topic.send(null, withoutKey);
        topic.send(withoutValue, null);
        topic.send(List.of(poison));
        topic.send(good.events());

        // Then
        LifecycleTopic.awaitApplied(good.events());
        var letters = deadLetters(broken.size() + 3, id, withoutValue, refusedByDatabase.toString());
        broken.forEach((key, value) -> assertThat(letters).anySatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(header(letter, "dead-letter-topic")).isEqualTo(Topics.CALL_LIFECYCLE);
            assertThat(header(letter, "dead-letter-offset")).isNotEmpty();
            assertThat(header(letter, "dead-letter-reason")).isNotEmpty();
        }));
        assertThat(letters).anySatisfy(letter -> {
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).isEqualTo(withoutKey);
        });
        assertThat(letters).anySatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(refusedByDatabase.toString());
            assertThat(header(letter, "dead-letter-reason")).isEqualTo("the database refuses a value of it");
        });
    }

    @Test
    void aConsumerThatDiesBetweenEffectAndCommitAppliesItsEventOnce_FK6() throws Exception {
        // Given: a consumer that takes an event, applies it and dies without committing its offset
        var call = CallStory.good("dies-between");
        var group = "dies-between-" + UUID.randomUUID();
        topic.send(call.events());
        var first = readAndApply(group, call);

        // When: its successor, and the service itself
        var second = readAndApply(group, call);
        LifecycleTopic.awaitApplied(call.events());

        // Then
        assertThat(first).hasSize(call.events().size());
        assertThat(second).isEqualTo(first);
        assertThat(LifecycleTopic.facts(call.callId())).isEqualTo(11);
    }

    @Test
    void whileTheDatabaseIsAwayAnEventIsTriedAgainAndNeverGivenUp() {
        // Given
        var event = CallStory.good("waits").events().getFirst();
        var tries = new AtomicInteger();
        var away = new FactRepository(pool) {
            @Override
            Uni<Boolean> apply(CallEvent applied) {
                return Uni.createFrom()
                        .deferred(() -> tries.incrementAndGet() < 4
                                ? Uni.createFrom().failure(new java.net.ConnectException("connection refused"))
                                : facts.apply(applied));
            }
        };
        var meters = new SimpleMeterRegistry();
        var record = new ConsumerRecord<>(
                Topics.CALL_LIFECYCLE, 0, 0, event.subject().toString(), bytes(ContractsJson.write(event)));

        // When
        new CallEventConsumer(away, traces, meters).onRecord(record).await().atMost(LIMIT);

        // Then
        assertThat(tries).hasValue(4);
        assertThat(meters.counter("events.consumed", "topic", Topics.CALL_LIFECYCLE, "result", "applied")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theInboxForgetsWhatTheTopicCanNoLongerRepeat() throws Exception {
        // Given
        var call = CallStory.open("forgotten");
        for (var event : call.events()) {
            facts.apply(event).await().atMost(LIMIT);
        }
        var ids = Set.copyOf(call.events().stream().map(CallEvent::id).toList());

        // When
        sweeper.forgetOlderThan(Duration.ofDays(1)).await().atMost(LIMIT);
        var afterADay = LifecycleTopic.applied(ids);
        sweeper.forgetOlderThan(Duration.ofMinutes(-1)).await().atMost(LIMIT);

        // Then
        assertThat(afterADay).isEqualTo(ids.size());
        assertThat(LifecycleTopic.applied(ids)).isZero();
    }

    private static List<CallStory> calls(String assistantId) {
        return List.of(
                CallStory.good(assistantId),
                CallStory.good(assistantId, CallStory.START.plusSeconds(300)),
                CallStory.failed(assistantId),
                CallStory.open(assistantId));
    }

    /** Of a kind that changes nothing: when it is applied, what was sent before it is. */
    private static CallEvent markerOf(UUID callId) {
        return CallEvent.of(
                "telephony-gateway",
                callId,
                CallStory.START.plusSeconds(3_600),
                null,
                new CallFact.Ringing("CA000000000000000000000000000000a1"));
    }

    private List<UUID> readAndApply(String group, CallStory call) {
        var read = new ArrayList<UUID>();
        try (var consumer = consumer(group)) {
            consumer.subscribe(List.of(Topics.CALL_LIFECYCLE));
            await().atMost(LIMIT).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (call.callId().toString().equals(record.key())) {
                        var event = ContractsJson.read(record.value(), CallEvent.class);
                        facts.apply(event).await().atMost(LIMIT);
                        read.add(event.id());
                    }
                }
                return read.size() >= call.events().size();
            });
        }
        return read;
    }

    /** @param marks parts of the keys that count; a letter without a key counts always */
    private static List<ConsumerRecord<String, byte[]>> deadLetters(int expected, String... marks) {
        var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = consumer("reads-dead-letters-" + UUID.randomUUID())) {
            consumer.subscribe(List.of("call-lifecycle-analytics-service-dead"));
            await().atMost(LIMIT).until(() -> {
                for (var letter : consumer.poll(Duration.ofMillis(200))) {
                    if (letter.key() == null || List.of(marks).stream().anyMatch(letter.key()::contains)) {
                        letters.add(letter);
                    }
                }
                return letters.size() >= expected;
            });
        }
        return letters;
    }

    private static KafkaConsumer<String, byte[]> consumer(String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        System.getProperty("kafka.bootstrap.servers"),
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        var header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String summary(String assistantId) {
        return get("/analytics/summary?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z&assistantId=" + assistantId);
    }

    private static String detail(CallStory call) {
        return get("/analytics/calls/" + call.callId()).replace(call.callId().toString(), "the-call");
    }

    private static String get(String path) {
        return given().auth()
                .oauth2(TestTokens.of("analyst"))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
