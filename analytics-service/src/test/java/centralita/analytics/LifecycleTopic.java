package centralita.analytics;

import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the topic that the service reads, and waits until it has. */
public final class LifecycleTopic implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers"), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());

    public void send(Collection<CallEvent> events) {
        events.forEach(event ->
                send(event.subject().toString(), ContractsJson.write(event).getBytes(StandardCharsets.UTF_8)));
        producer.flush();
    }

    public void send(String key, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.CALL_LIFECYCLE, key, value));
        producer.flush();
    }

    /** Returns when all these events were applied. */
    public static void awaitApplied(Collection<CallEvent> events) {
        var ids = new HashSet<UUID>();
        events.forEach(event -> ids.add(event.id()));
        await().atMost(LIMIT).until(() -> applied(ids) == ids.size());
    }

    /** How many of these events were applied. */
    public static long applied(Set<UUID> ids) throws SQLException {
        return count("select count(*) from inbox where event_id = any(?)", List.copyOf(ids));
    }

    /** How many facts of any kind a call has. */
    public static long facts(UUID callId) throws SQLException {
        long sum = 0;
        for (var table : List.of("turn", "barge_in", "tool_call", "usage", "media_stream", "conversation_quality")) {
            sum += count("select count(*) from " + table + " where call_id = any(?)", List.of(callId));
        }
        return sum;
    }

    private static long count(String sql, List<UUID> ids) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        System.getProperty("quarkus.datasource.jdbc.url"),
                        System.getProperty("quarkus.datasource.username"),
                        System.getProperty("quarkus.datasource.password"));
                var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
