package centralita.analytics.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events become facts. */
@ConfigMapping(prefix = "analytics.ingest")
public interface IngestConfig {
    /**
     * How long the id of an applied event is remembered. Shorter than the topic keeps its records, and a rewound
     * consumer counts calls twice; longer costs 40 bytes an event.
     */
    @WithDefault("P35D")
    Duration inboxRetention();
}
