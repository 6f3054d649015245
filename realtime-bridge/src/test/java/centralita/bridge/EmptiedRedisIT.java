package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.livestate.LiveKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-S1: a Redis that is empty all at once, and no heartbeat has failed meanwhile. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class EmptiedRedisIT extends WholeBridge {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void theJournalOfARedisThatWasEmptiedBetweenTwoHeartbeatsIsWrittenAgain() {
        // Given: what was said before stands in it, and nobody says anything now
        answer();
        awaitGreeted();
        hear("what-time");
        await().atMost(PATIENCE)
                .until(() -> journal().stream().anyMatch(entry -> entry.contains("\"kind\":\"tool\""))
                        && journal().getLast().contains("\"kind\":\"assistant\""));
        await().atMost(PATIENCE).until(() -> !redis.key().keys("bridge:*").isEmpty());

        // When
        redis.flushall();

        // Then
        await("the journal")
                .atMost(SOON)
                .until(() -> journal().stream().anyMatch(entry -> entry.contains("\"kind\":\"tool\"")));
        assertThat(journal().stream().filter(entry -> !entry.contains("\"kind\":\"used\"")))
                .first()
                .asString()
                .contains("\"kind\":\"assistant\"", "you have reached the Centralita demo line");
        assertThat(journal()).anyMatch(entry -> entry.contains("What time is it?"));
    }

    private List<String> journal() {
        return redis.list(String.class).lrange(LiveKeys.journal(callId), 0, -1);
    }
}
