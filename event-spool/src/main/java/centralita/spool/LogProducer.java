package centralita.spool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's client, made when it is first needed and again after it was closed. One thread sends; any may close, which frees
 * a sender that waits for Kafka to be found.
 */
final class LogProducer {
    private static final byte[] CONTENT_TYPE =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII);

    /** What comes meanwhile goes with it: a request for every event would cost more than the event, here and in Kafka. */
    private static final int LINGER_MS = 50;

    private final SpoolSettings settings;
    private @Nullable KafkaProducer<String, byte[]> open;
    private boolean ended;

    LogProducer(SpoolSettings settings) {
        this.settings = settings;
    }

    /**
     * Gives Kafka an event.
     *
     * @param answer called on Kafka's thread
     * @throws RuntimeException when it could not even be given; the answer may or may not be called then
     */
    void send(SpooledEvent event, Callback answer) {
        var message =
                new ProducerRecord<>(event.destination().topic(), event.callId().toString(), event.json());
        message.headers().add("content-type", CONTENT_TYPE);
        if (event.traceparent() != null) {
            message.headers().add("traceparent", event.traceparent().getBytes(StandardCharsets.US_ASCII));
        }
        client().send(message, answer);
    }

    /** Everything that is underway is decided afterwards; what was not acknowledged has failed. */
    void close() {
        KafkaProducer<String, byte[]> client;
        synchronized (this) {
            client = open;
            open = null;
        }
        if (client != null) {
            client.close(Duration.ZERO);
        }
    }

    /** Like {@link #close}, for good. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        close();
    }

    private synchronized KafkaProducer<String, byte[]> client() {
        if (ended) {
            throw new IllegalStateException("nothing more is sent");
        }
        var client = open;
        if (client == null) {
            client = new KafkaProducer<>(properties(), new StringSerializer(), new ByteArraySerializer());
            open = client;
        }
        return client;
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(settings.kafka());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Never gives a record up: a record that is given up is overtaken by the next one.
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 100);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 100);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        return properties;
    }
}
