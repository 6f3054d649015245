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
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * F-P1: a bridge is gone while the caller hears the assistant. The next one goes on: nothing said is forgotten, nothing is said
 * twice. Gone it is when another owner's epoch is known: from then on it writes nothing more, as if it were dead.
 */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class KilledInMidAnswerIT extends WholeBridge {
    private static final int HEARD_MS = 2_500;

    /** The caller has asked, and hears a long answer that is made much faster than he hears it. */
    private void hearsALongAnswer() {
        model.nextSession(Scenarios.parse("killed", "like: receptionist\nspeed: 50\n"));
        answer();
        awaitGreeted();
        hear("opening-hours");
        awaitHeard(lengthMs("greeting") + HEARD_MS);
        gateway.atPeoplesPace();
        await().atMost(PATIENCE)
                .until(() -> journal().stream().anyMatch(entry -> entry.contains(text("opening-hours")))
                        && journal().getLast().contains("\"kind\":\"speaking\"")
                        && journal().getLast().contains(text("long-answer").substring(0, 20)));
    }

    private void theBridgeIsGoneAndAnotherTakesOver() {
        redis.hash(String.class).hset(LiveKeys.call(callId), "epoch", "7");
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        assertThat(journal().getLast()).contains("\"kind\":\"speaking\"");
        gateway.takeOver(Samples.prepare(callId, 8, true), "MZ1", 1);
    }

    private List<String> journal() {
        return redis.list(String.class).lrange(LiveKeys.journal(callId), 0, -1);
    }

    private static String text(String clip) {
        return Clips.recorded().get("en", clip).text();
    }

    private List<String> saidBy(String role) {
        return model.sessions(callId.toString()).getLast().items().stream()
                .filter(item -> item.role().equals(role))
                .map(ItemRecord::transcript)
                .toList();
    }

    @Test
    void anAnswerThatTheGatewayHasIsHeardToItsEndAndNothingIsAskedFor() {
        // Given
        hearsALongAnswer();

        // When
        theBridgeIsGoneAndAnotherTakesOver();

        // Then: the whole of it, from the caller's side without a gap
        awaitHeard(lengthMs("greeting") + lengthMs("long-answer") - 40);
        await().atMost(PATIENCE).until(() -> saidBy("assistant").size() == 2);
        assertThat(saidBy("assistant")).containsExactly(text("greeting"), text("long-answer"));
        await().atMost(PATIENCE)
                .until(() -> journal().getLast().contains("\"kind\":\"assistant\"")
                        && journal().getLast().contains("\"interrupted\":false"));

        // When
        hear("hello");

        // Then
        awaitHeard(lengthMs("greeting") + lengthMs("long-answer") + lengthMs("happy-to-help") - 80);
        assertThat(tap.sentInLastSession(callId)).noneMatch(event -> event.contains("\"type\":\"response.create\""));
        assertThat(saidBy("user")).containsExactly(text("opening-hours"), text("hello"));
        assertThat(gateway.records(RecordKind.CLEAR)).isEmpty();
    }
}
