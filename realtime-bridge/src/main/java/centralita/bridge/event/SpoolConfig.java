package centralita.bridge.event;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Where events wait for Kafka. */
@ConfigMapping(prefix = "bridge.spool")
public interface SpoolConfig {
    /** {@code CENTRALITA_SPOOL_DIRECTORY}; one folder in it is this process's. */
    Path directory();

    /** {@code KAFKA_BOOTSTRAP_SERVERS}. */
    String bootstrapServers();
}
