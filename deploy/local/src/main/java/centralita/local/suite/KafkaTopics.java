package centralita.local.suite;

import centralita.contracts.call.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics as they must be: what is personal data is kept for three days, profiles for ever. */
final class KafkaTopics {
    private static final int PARTITIONS = 3;
    private static final String DAYS_3 = Long.toString(Duration.ofDays(3).toMillis());
    private static final String DAYS_30 = Long.toString(Duration.ofDays(30).toMillis());

    private static final List<NewTopic> ALL = List.of(
            topic(Topics.CALL_LIFECYCLE, Map.of("retention.ms", DAYS_30)),
            topic(Topics.CALL_TRANSCRIPTS, Map.of("retention.ms", DAYS_3)),
            topic(Topics.deadLetters(Topics.CALL_LIFECYCLE, "call-orchestrator"), Map.of("retention.ms", DAYS_30)),
            topic(Topics.deadLetters(Topics.CALL_LIFECYCLE, "analytics-service"), Map.of("retention.ms", DAYS_30)),
            topic(Topics.deadLetters(Topics.CALL_TRANSCRIPTS, "call-orchestrator"), Map.of("retention.ms", DAYS_3)),
            topic(Topics.deadLetters(Topics.CALL_REQUESTS, "call-orchestrator"), Map.of("retention.ms", DAYS_3)),
            topic(Topics.CALL_REQUESTS, Map.of("retention.ms", DAYS_3)),
            topic(Topics.CAMPAIGN_LIFECYCLE, Map.of("retention.ms", DAYS_30)),
            topic(Topics.ASSISTANT_PROFILES, Map.of("cleanup.policy", "compact")),
            topic(Topics.PRIVACY_REQUESTS, Map.of("retention.ms", DAYS_30)));

    private KafkaTopics() {}

    /** Leaves alone what exists. */
    static void make(String bootstrapServers) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (var made : admin.createTopics(ALL).values().values()) {
                try {
                    made.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new LaunchException("Kafka's topics could not be made: " + e.getMessage() + ".", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("The start was interrupted.", e);
        }
    }

    private static NewTopic topic(String name, Map<String, String> settings) {
        return new NewTopic(name, PARTITIONS, (short) 1).configs(settings);
    }
}
