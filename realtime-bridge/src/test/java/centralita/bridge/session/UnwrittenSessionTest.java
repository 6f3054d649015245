package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.model.ModelEvent;
import centralita.contracts.id.UuidV7;
import org.junit.jupiter.api.Test;

/** A session that writes nothing down says so when it opens, and its call waits for no text. */
class UnwrittenSessionTest {
    private final HandLoop loop = new HandLoop();
    private final OneBridge bridge = new OneBridge(UuidV7.next(), loop, new OneBridge.Memory());

    /** Greeted, and answered once; whatever is said is heard to its end. */
    private void answered() {
        bridge.serves(1, false, null);
        bridge.model().says(new ModelEvent.ResponseCreated("r1"));
        bridge.model().speaks("r1", "greeting", "Hello.");
        bridge.model().hasSaid("r1", "greeting", "Hello.");
        bridge.session().heard(1, 1_000, true);
        bridge.hears(0, 1_000);
        bridge.model().says(new ModelEvent.SpeechStarted("question", 200));
        bridge.model().says(new ModelEvent.SpeechStopped("question", 900));
        bridge.model().says(new ModelEvent.SpeechCommitted("question"));
        bridge.model().says(new ModelEvent.ResponseCreated("r2"));
        bridge.model().speaks("r2", "answer", "At nine.");
        bridge.model().hasSaid("r2", "answer", "At nine.");
        bridge.session().heard(2, 1_000, true);
    }

    private void isWantedElsewhere() {
        theJournalIsWritten();
        bridge.session().handOver(60_000);
        theJournalIsWritten();
    }

    private void theJournalIsWritten() {
        loop.advance(10);
    }

    @Test
    void aHandOverWaitsForWordsThatWillBeWrittenDown() {
        // Given
        answered();

        // When
        isWantedElsewhere();

        // Then
        assertThat(bridge.line.said).doesNotContain("released");
        bridge.model().says(new ModelEvent.CallerTranscribed("question", "When do you open?", 1, null));
        theJournalIsWritten();
        assertThat(bridge.line.said).contains("released");
    }

    @Test
    void aHandOverWaitsForNothingWhereNobodyWritesDown() {
        // Given
        bridge.transcription = null;
        answered();

        // When
        isWantedElsewhere();

        // Then
        assertThat(bridge.line.said).contains("released");
    }
}
