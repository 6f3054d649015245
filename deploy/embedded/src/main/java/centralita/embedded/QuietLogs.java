package centralita.embedded;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the servers' own chatter out of everybody's output: hundreds of lines at each start. */
final class QuietLogs {
    private static final List<String> LOUD = List.of(
            "kafka",
            "state.change.logger",
            "org.apache.kafka",
            // Says at each stop of a broker that a connection was closed twice, which is the broker's own doing.
            "org.apache.kafka.clients.NetworkClient",
            "io.zonky.test",
            "org.testcontainers",
            "tc",
            "com.github.dockerjava");

    /** Held here, because a log manager may forget a logger, and its level, that nobody holds. */
    private static final List<Logger> HELD =
            LOUD.stream().map(Logger::getLogger).toList();

    /** What a service says about its own Kafka connection stays of interest. */
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka.clients");

    private QuietLogs() {}

    static void apply() {
        HELD.forEach(logger -> logger.setLevel(Level.SEVERE));
        CLIENTS.setLevel(Level.WARNING);
    }
}
