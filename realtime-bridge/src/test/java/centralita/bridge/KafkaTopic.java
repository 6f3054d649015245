package centralita.bridge;

import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.transcript.TranscriptEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads back what is in Kafka of one call, in its order. */
final class KafkaTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private KafkaTopic() {}

    /** All facts of a call up to the first of a kind, for which it waits. */
    static List<CallEvent> callFacts(String servers, UUID callId, Class<? extends CallFact> last) {
        return read(
                servers,
                Topics.CALL_LIFECYCLE,
                callId,
                json -> ContractsJson.read(json, CallEvent.class),
                event -> last.isInstance(event.data()));
    }

    /** What was said in a call, up to the first that fits, for which it waits. */
    static List<TranscriptEvent> transcripts(String servers, UUID callId, Predicate<TranscriptEvent> last) {
        return read(
                servers,
                Topics.CALL_TRANSCRIPTS,
                callId,
                json -> ContractsJson.read(json, TranscriptEvent.class),
                last);
    }

    private static <T> List<T> read(
            String servers, String topic, UUID callId, Function<String, T> form, Predicate<T> last) {
        var events = new ArrayList<T>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            await().pollInSameThread()
                    .atMost(PATIENCE)
                    .until(() -> !consumer.partitionsFor(topic).isEmpty());
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            await().pollInSameThread().atMost(PATIENCE).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (callId.toString().equals(record.key()) && (events.isEmpty() || !last.test(events.getLast()))) {
                        events.add(form.apply(record.value()));
                    }
                }
                return !events.isEmpty() && last.test(events.getLast());
            });
        }
        return List.copyOf(events);
    }
}
