package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.model.ModelEvent;
import centralita.contracts.id.UuidV7;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F-R7: a model session is dead for seconds before that is known; the next one hears what the caller said meanwhile. */
class DeadSessionTest {
    private final HandLoop loop = new HandLoop();
    private final OneBridge bridge = new OneBridge(UuidV7.next(), loop, new OneBridge.Memory());

    @BeforeEach
    void theCallerIsGreeted() {
        bridge.serves(1, false, null);
        bridge.model().says(new ModelEvent.ResponseCreated("r1"));
        bridge.model().speaks("r1", "greeting", "Hello.");
        bridge.model().hasSaid("r1", "greeting", "Hello.");
        bridge.session().heard(1, 1_000, true);
    }

    private void hearsInVain(long fromMs, long toMs) {
        bridge.model().swallowed = true;
        bridge.hears(fromMs, toMs);
    }

    private OneBridge.Model next() {
        bridge.model().breaks("no-pong");
        loop.advance(1_000);
        bridge.model().ready();
        return bridge.model();
    }

    @Test
    void whatWasSaidToADeadSessionIsHeardByTheNextOne() {
        // Given
        bridge.hears(0, 1_000);

        // When
        hearsInVain(1_000, 4_000);

        // Then
        assertThat(next().heard()).containsExactly("500-4000");
    }

    @Test
    void whatTheDeadOneHadHeardTheEndOfIsNotHeardOnceMore() {
        // Given
        bridge.hears(0, 600);
        bridge.model().says(new ModelEvent.SpeechStarted("hello", 200));
        bridge.hears(600, 1_000);
        bridge.model().says(new ModelEvent.SpeechStopped("hello", 900));
        bridge.model().says(new ModelEvent.SpeechCommitted("hello"));
        bridge.model().says(new ModelEvent.CallerTranscribed("hello", "Hello.", 1, null));

        // When
        hearsInVain(1_000, 4_000);

        // Then
        assertThat(next().heard()).containsExactly("900-4000");
    }
}
