package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.model.ModelEvent;
import centralita.contracts.id.UuidV7;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that stop while the caller speaks: without silence no model finds the end of what he said. */
class StalledStreamTest {
    private static final long SAID_MS = 400;
    private static final long SILENCE_MS = 1_000;

    private final HandLoop loop = new HandLoop();
    private final OneBridge bridge = new OneBridge(UuidV7.next(), loop, new OneBridge.Memory());

    @BeforeEach
    void heSpeaksAndNothingComesAnyMore() {
        bridge.serves(1, false, null);
        bridge.hears(0, SAID_MS);
        bridge.model().says(new ModelEvent.SpeechStarted("question", 100));
    }

    private void passes(long ms) {
        for (long done = 0; done < ms; done += 200) {
            loop.advance(200);
            bridge.session().tick(loop.nowMs());
        }
    }

    @Test
    void silenceIsAddedOnceWhereHisGatewayHasNothingOfHim() {
        // When
        passes(600);

        // Then
        assertThat(bridge.model().arrivedMs()).isEqualTo(SAID_MS);

        // When
        passes(2_000);

        // Then
        assertThat(bridge.model().arrivedMs()).isEqualTo(SAID_MS + SILENCE_MS);
    }

    /** A pause of the process, or of the network: all its callers would be answered in the middle of a sentence. */
    @Test
    void aGatewayThatStandsStillIsNoSilenceOfTheCaller() {
        // Given
        bridge.line.gatewayStandsStill();

        // When
        passes(1_600);

        // Then
        assertThat(bridge.model().arrivedMs()).isEqualTo(SAID_MS);

        // When: what waited in it comes at once
        bridge.line.gatewayGoesOn();
        bridge.hears(SAID_MS, SAID_MS + 1_600);
        passes(200);

        // Then
        assertThat(bridge.model().heard()).containsExactly("0-2000");
    }

    @Test
    void oneThatGoesOnWithoutAWordOfHisTellsThatThereIsNone() {
        // Given
        bridge.line.gatewayStandsStill();
        passes(1_600);

        // When
        bridge.line.gatewayGoesOn();
        passes(600);

        // Then
        assertThat(bridge.model().arrivedMs()).isEqualTo(SAID_MS);

        // When
        passes(200);

        // Then
        assertThat(bridge.model().arrivedMs()).isEqualTo(SAID_MS + SILENCE_MS);
    }
}
