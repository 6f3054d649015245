package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** F-O1: the model's session breaks while the caller speaks; the next one hears all that he says, once. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class LostWordsIT extends WholeBridge {
    /** In the middle of his sentence. */
    private static final int FRAMES = 50;

    private long framesHeard() {
        return model.sessions(callId.toString())
                .getFirst()
                .receivedEvents()
                .getOrDefault("input_audio_buffer.append", 0L);
    }

    @Test
    void whatTheCallerSaidToALostSessionIsAnsweredByTheNextOne() {
        // Given
        answer();
        awaitGreeted();
        gateway.atPeoplesPace();
        var before = framesHeard();
        hear("code-word-is");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> framesHeard() >= before + FRAMES);

        // When
        model.dropSessions(callId.toString());

        // Then
        awaitHeard(lengthMs("greeting") + lengthMs("code-word-noted") - 40);
        var session = model.sessions(callId.toString()).getLast();
        assertThat(model.sessions(callId.toString())).hasSize(2);
        assertThat(session.items().stream()
                        .filter(item -> item.role().equals("user"))
                        .map(ItemRecord::transcript))
                .containsExactly(Clips.recorded().get("en", "code-word-is").text());
        assertThat(session.errors()).isEmpty();
        assertThat(tap.sentInLastSession(callId)).noneMatch(event -> event.contains("\"type\":\"response.create\""));
    }
}
