package centralita.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * @param bootstrapServers Kafka, {@code host:port} separated by commas; need not answer yet
 * @param directory where events wait; made when it does not exist, and used by one process at a time
 * @param maxBytes that events may take on disk. 256 MiB are about 300,000 events, an outage of more than an hour at 50
 *     a second. When it is full, new events are refused and counted; the old ones stay.
 * @param queuedEvents that wait in memory for the disk; a disk that hangs longer than they last loses new events
 * @param unacknowledgedEvents that Kafka may have at a time without having said that it keeps them; as many may be sent
 *     twice after a crash
 * @param closeTimeout how long {@link EventSpool#close()} waits for Kafka; what is left is sent after the next start
 * @param kafka further properties of the producer, for encryption and authentication
 */
public record SpoolSettings(
        String bootstrapServers,
        Path directory,
        long maxBytes,
        int queuedEvents,
        int unacknowledgedEvents,
        Duration closeTimeout,
        Map<String, String> kafka) {
    public SpoolSettings {
        if (maxBytes < 16 * 1024 || queuedEvents < 1 || unacknowledgedEvents < 1) {
            throw new IllegalArgumentException("a spool of 16 KiB at least, with room for an event");
        }
        kafka = Map.copyOf(kafka);
    }

    /** Sizes that suit a gateway and a bridge. */
    public static SpoolSettings of(String bootstrapServers, Path directory) {
        return new SpoolSettings(
                bootstrapServers, directory, 256L << 20, 10_000, 1_000, Duration.ofSeconds(5), Map.of());
    }

    public SpoolSettings withMaxBytes(long bytes) {
        return new SpoolSettings(
                bootstrapServers, directory, bytes, queuedEvents, unacknowledgedEvents, closeTimeout, kafka);
    }

    public SpoolSettings withCloseTimeout(Duration timeout) {
        return new SpoolSettings(
                bootstrapServers, directory, maxBytes, queuedEvents, unacknowledgedEvents, timeout, kafka);
    }

    public SpoolSettings withKafka(Map<String, String> properties) {
        return new SpoolSettings(
                bootstrapServers, directory, maxBytes, queuedEvents, unacknowledgedEvents, closeTimeout, properties);
    }
}
