package centralita.orchestrator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.livestate.LiveKeys;
import centralita.orchestrator.assistant.AssistantRepository;
import centralita.orchestrator.assistant.FirstAssistants;
import centralita.orchestrator.kafka.AssistantTopic;
import centralita.orchestrator.number.NumberRepository;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes while gateways are told everything. */
@QuarkusTest
@TestProfile(DirectoryPublicationIT.NoTurns.class)
class DirectoryPublicationIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String COMES = "+34910000021";
    private static final String GOES = "+34910000022";

    @Inject
    DirectoryPublication publication;

    @Inject
    LiveDirectory directory;

    @Inject
    AssistantTopic topic;

    @Inject
    AssistantRepository assistants;

    @Inject
    NumberRepository numbers;

    @Inject
    FirstAssistants first;

    @Inject
    RedisDataSource redis;

    @Inject
    Pool database;

    /** Nothing is told but what a test tells. */
    public static final class NoTurns implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("orchestrator.directory.publish-every", "24h");
        }
    }

    @AfterEach
    void nothingIsLeft() {
        redis.execute("CLIENT", "UNPAUSE");
        execute("delete from number where number in ('" + COMES + "', '" + GOES + "')");
        publication.publishAll().await().atMost(LONG);
    }

    @Test
    void whatChangesWhileAllIsToldIsNotOverwrittenWithWhatWasThereBefore() {
        // Given
        await().atMost(LONG).until(() -> redis.key().exists(LiveKeys.DIRECTORY));
        store(GOES);

        // When: all that is stored was read and waits to be told, and another instance makes and tells two changes
        redis.execute("CLIENT", "PAUSE", "60000", "WRITE");
        var told = publication.publishAll().subscribeAsCompletionStage();
        await().atMost(LONG)
                .until(() -> redis.execute("CLIENT", "LIST").toString().contains("flags=b"));
        store(COMES);
        execute("delete from number where number = '" + GOES + "'");
        redis.execute("CLIENT", "UNPAUSE");
        told.join();

        // Then
        assertThat(redis.value(String.class).get(LiveKeys.number(COMES))).isEqualTo("customer-service-es");
        assertThat(redis.value(String.class).get(LiveKeys.number(GOES))).isNull();
    }

    @Test
    void aStartThatTakesLongIsNotWaitedForAndIsWorkedToItsEnd() {
        // Given
        await().atMost(LONG).until(() -> redis.key().exists(LiveKeys.DIRECTORY));
        var slow = new DirectoryPublication(directory, topic, assistants, numbers, first, Duration.ofMillis(100));
        store(COMES);

        // When: Redis hesitates for longer than the start is waited for
        redis.execute("CLIENT", "PAUSE", "60000", "WRITE");
        slow.atStart(new StartupEvent());
        await().atMost(LONG).until(slow::tried);
        var early = redis.key().exists(LiveKeys.number(COMES));
        redis.execute("CLIENT", "UNPAUSE");

        // Then
        assertThat(early).isFalse();
        await().atMost(LONG).until(() -> redis.key().exists(LiveKeys.number(COMES)));
    }

    private void store(String number) {
        execute("insert into number (number, assistant_id) values ('" + number + "', 'customer-service-es')");
    }

    private void execute(String sql) {
        database.query(sql).execute().await().atMost(LONG);
    }
}
