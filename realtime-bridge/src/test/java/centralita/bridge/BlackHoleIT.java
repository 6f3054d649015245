package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** F-R7: the network swallows what bridge and model tell one another, and no socket is closed. */
@QuarkusTest
@WithTestResource(BlackHoleResource.class)
class BlackHoleIT extends WholeBridge {
    BlackHole hole;

    @Test
    void whatTheCallerSaysBeforeAnybodyNoticesIsAnsweredByTheNextSession() {
        // Given
        answer();
        awaitGreeted();
        hole.swallow();

        // When
        hear("code-word-is");

        // Then
        awaitHeard(lengthMs("greeting") + lengthMs("code-word-noted") - 40);
        var sessions = model.sessions(callId.toString());
        assertThat(sessions).hasSize(2);
        assertThat(sessions.getFirst().items()).noneMatch(item -> item.role().equals("user"));
        assertThat(sessions.getLast().items().stream()
                        .filter(item -> item.role().equals("user"))
                        .map(ItemRecord::transcript))
                .containsExactly(Clips.recorded().get("en", "code-word-is").text());
        assertThat(sessions.getLast().errors()).isEmpty();
        assertThat(gateway.records(RecordKind.HANG_UP)).isEmpty();
    }
}
