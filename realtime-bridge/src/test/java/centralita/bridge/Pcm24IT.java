package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.RecordKind;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model that does not speak G.711: the caller is understood and hears whole answers all the same. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
@TestProfile(Pcm24IT.Linear.class)
class Pcm24IT extends WholeBridge {
    public static final class Linear implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("bridge.openai.audio-format", "PCM24", "bridge.pool.id", "bridge-of-linear-samples");
        }
    }

    @Test
    void aConversationWorksWithLinearSamples() {
        // Given
        answer();
        awaitGreeted();

        // When
        hear("hello");

        // Then: it was recognised, and the answer is as long as it was made
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
        assertThat(tap.sent(callId, "session.update").getFirst())
                .contains("\"format\":{\"type\":\"audio/pcm\",\"rate\":24000}")
                .doesNotContain("pcmu");
        assertThat(tap.sent(callId, "conversation.item.truncate")).isEmpty();
    }

    @Test
    void anInterruptionIsToldInMillisecondsOfWhatWasMade() {
        // Given
        answer();
        awaitGreeted();
        hear("opening-hours");
        awaitHeard(lengthMs("greeting") + 1_000);
        gateway.atPeoplesPace();

        // When
        hear("stop-wait");

        // Then: nothing that the model refuses (openai-realtime 6.3); the base class looks at that
        await().atMost(PATIENCE)
                .until(() -> !tap.sent(callId, "conversation.item.truncate").isEmpty());
        assertThat(gateway.records(RecordKind.CLEAR)).isNotEmpty();
    }
}
