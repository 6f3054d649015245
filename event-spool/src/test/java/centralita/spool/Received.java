package centralita.spool;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** All that a broker has, read from the beginning. */
final class Received {
    private Received() {}

    /** Waits until a topic holds so many different events. */
    static List<ConsumerRecord<String, String>> from(String bootstrapServers, String topic, int differentEvents) {
        var records = new ArrayList<ConsumerRecord<String, String>>();
        var ids = new HashSet<UUID>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !consumer.partitionsFor(topic).isEmpty());
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    records.add(record);
                    ids.add(event(record).id());
                });
                return ids.size() >= differentEvents;
            });
        }
        return records;
    }

    /** The turns of one call in the order in which a consumer that knows repetitions sees them. */
    static List<Integer> turnsOf(UUID callId, List<ConsumerRecord<String, String>> records) {
        var ids = new LinkedHashSet<UUID>();
        return records.stream()
                .map(Received::event)
                .filter(event -> event.subject().equals(callId) && ids.add(event.id()))
                .map(event -> ((CallFact.Turn) event.data()).turn())
                .toList();
    }

    static List<Integer> turnsOf(UUID callId, String bootstrapServers, int differentEvents) {
        return turnsOf(callId, from(bootstrapServers, Topics.CALL_LIFECYCLE, differentEvents));
    }

    private static CallEvent event(ConsumerRecord<String, String> record) {
        return ContractsJson.read(record.value(), CallEvent.class);
    }
}
