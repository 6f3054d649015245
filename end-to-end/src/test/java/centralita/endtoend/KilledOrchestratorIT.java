package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import centralita.simulators.caller.CallerScript;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * F-P4 with the real process: it is killed again and again while callers talk, which they must not notice, and afterwards
 * knows of every call what the topic says, once each.
 */
@ExtendWith(SuiteExtension.class)
class KilledOrchestratorIT {
    private static final String ORCHESTRATOR = "call-orchestrator";
    /** A consumer that was killed holds its partitions for 45 s; one that was killed while it joined, for twice as long. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final int CALLERS = 5;

    private final RunningSuite running;
    private final RestOfSuite rest;

    KilledOrchestratorIT(RunningSuite running) {
        this.running = running;
        this.rest = new RestOfSuite(running);
    }

    @Test
    void afterKillsUnderLiveCallsEveryCallIsAsItsEventsSay() throws Exception {
        // Given
        var calls = CompletableFuture.supplyAsync(() -> {
            try {
                return Callers.phone(running, CallerScript.named("tool-call"), CALLERS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        // When: at whatever step it is just then, also while nobody talks any more
        int kills = 0;
        do {
            running.suite().kill(ORCHESTRATOR);
            running.suite().restart(ORCHESTRATOR);
            kills++;
        } while (!calls.isDone());
        running.suite().kill(ORCHESTRATOR);
        running.suite().restart(ORCHESTRATOR);

        // Then
        var heard = calls.get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(heard.callers()).hasSize(CALLERS);
        assertThat(kills).isPositive();
        for (var caller : heard.callers()) {
            var callId = UUID.fromString(String.valueOf(caller.callId()));
            await().atMost(LONG).untilAsserted(() -> assertThat(stored(callId)).isEqualTo(told(callId)));
        }
    }

    /** What a call is by its events: every id once, and the word of the first end that was told. */
    private record Story(Map<String, Long> kinds, String state, String outcome) {}

    private Story stored(UUID callId) throws Exception {
        JsonNode call = rest.get("/calls/" + callId);
        var kinds = new LinkedHashMap<String, Long>();
        call.at("/timeline").forEach(moment -> kinds.merge(moment.at("/type").asText(), 1L, Long::sum));
        return new Story(
                kinds, call.at("/call/state").asText(), call.at("/call/outcome").asText());
    }

    private Story told(UUID callId) {
        var events = new LinkedHashMap<UUID, CallEvent>();
        eventsOf(callId).forEach(event -> events.putIfAbsent(event.id(), event));
        var kinds = new LinkedHashMap<String, Long>();
        events.values().forEach(event -> kinds.merge(event.type(), 1L, Long::sum));
        var outcome = events.values().stream()
                .map(CallEvent::data)
                .filter(CallFact.Ended.class::isInstance)
                .map(fact -> ((CallFact.Ended) fact).outcome().name())
                .findFirst();
        return new Story(kinds, outcome.isPresent() ? "ENDED" : "", outcome.orElse(""));
    }

    private List<CallEvent> eventsOf(UUID callId) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", running.suite().kafkaBootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.CALL_LIFECYCLE).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<CallEvent>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (callId.toString().equals(record.key())) {
                        found.add(ContractsJson.read(record.value(), CallEvent.class));
                    }
                }
            }
            return found;
        }
    }
}
