package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.RecordKind;
import centralita.livestate.LiveKeys;
import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The model's socket breaks without a word while the caller hears the assistant (F-O1). */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class BrokenModelIT extends WholeBridge {
    private static final int MADE_MS = 3_000;

    @Test
    void playbackIsClearedOnceAndTheNextSessionIsToldWhatTheCallerHasReallyHeard() {
        // Given
        model.nextSession(Scenarios.parse("drop-late", """
                like: receptionist
                speed: 4
                faults:
                  - {do: drop, turn: 2, ms: 3000}
                """));
        answer();
        awaitGreeted();

        // When
        hear("opening-hours");

        // Then
        await().atMost(PATIENCE).until(() -> model.sessions(callId.toString()).size() == 2);
        await().atMost(PATIENCE)
                .until(() ->
                        tap.sentInLastSession(callId).stream().anyMatch(event -> event.contains("Do not greet again")));
        // The journal, the gateway's answer and the model's items come on ways of their own.
        await().atMost(PATIENCE).untilAsserted(this::eachKnowsWhatWasHeard);

        // Then: the assistant goes on by itself
        var heardBefore = gateway.heardTotalMs();
        awaitHeard(heardBefore + 500);
        assertThat(gateway.records(RecordKind.CLEAR)).hasSize(1);
    }

    private void eachKnowsWhatWasHeard() {
        assertThat(model.sessions(callId.toString()).getFirst().closeCode()).isEqualTo(1006);
        assertThat(gateway.records(RecordKind.CLEAR)).hasSize(1);
        assertThat(gateway.cleared()).hasSize(1);
        var heardMs = gateway.cleared().getFirst().heardMs();
        assertThat(heardMs).isBetween(1L, (long) MADE_MS);
        var remembered = redis.list(String.class).lrange(LiveKeys.journal(callId), 0, -1);
        assertThat(remembered)
                .filteredOn(entry -> entry.contains("\"interrupted\":true"))
                .singleElement()
                .asString()
                .contains("\"heardMs\":" + heardMs);
        var told = model.sessions(callId.toString()).getLast().items().stream()
                .filter(item -> item.role().equals("assistant"))
                .map(ItemRecord::transcript)
                .toList();
        assertThat(told).hasSizeGreaterThanOrEqualTo(2).first().isEqualTo(text("greeting"));
        assertThat(told.get(1)).endsWith(" …");
        assertThat(text("long-answer"))
                .startsWith(told.get(1).substring(0, told.get(1).length() - 2));
    }

    private static String text(String clip) {
        return Clips.recorded().get("en", clip).text();
    }
}
