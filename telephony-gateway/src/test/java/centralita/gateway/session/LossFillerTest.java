package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P1: a caller who has no bridge is not left in silence, and not filled for ever. */
class LossFillerTest {
    private static final long AFTER_MS = 600;
    private static final long TICK_MS = 40;

    private final LossFiller filler = new LossFiller(AFTER_MS);

    @Test
    void itBeginsOnceWhenItHasBeenSilentForLongEnough() {
        // Given
        filler.bridgeGone();

        // When
        var begun = ticks(0, 2_000, true, true);

        // Then: seen silent at 0
        assertThat(begun).isEqualTo(List.of(AFTER_MS));
        assertThat(filler.waiting()).isFalse();
    }

    @Test
    void whatIsStillPlayingDefersIt() {
        // Given
        filler.bridgeGone();
        ticks(0, 520, true, true);

        // When
        var whilePlaying = ticks(560, 1_000, false, true);
        var then = ticks(1_040, 2_000, true, true);

        // Then
        assertThat(whilePlaying).isEmpty();
        assertThat(then).isEqualTo(List.of(1_040 + AFTER_MS));
    }

    @Test
    void aCallerWhoSpeaksIsNotInterruptedByIt() {
        // Given
        filler.bridgeGone();

        // When
        var whileSpeaking = ticks(0, 2_000, true, false);
        var then = ticks(2_040, 3_000, true, true);

        // Then
        assertThat(whileSpeaking).isEmpty();
        assertThat(then).isEqualTo(List.of(2_040L));
    }

    @Test
    void whoHasLostHisFirstBridgeBeforeItServedHearsItAsWell() {
        // Given: his call was answered, so nothing rings
        filler.bridgeGone();

        // When
        var begun = ticks(0, 2_000, true, true);

        // Then
        assertThat(begun).isEqualTo(List.of(AFTER_MS));
    }

    @Test
    void aStreamThatNoBridgeAnswersIsFilledWithinTwoSeconds() {
        // When
        var begun = ticks(0, 5_000, true, true);

        // Then: the first tick that is not before 1,500
        assertThat(begun).isEqualTo(List.of(1_520L));
    }

    @Test
    void theSilenceBeforeTheFirstBridgeWasLostCountsAsWell() {
        // Given
        ticks(0, 1_000, true, true);
        filler.bridgeGone();

        // When
        var begun = ticks(1_040, 2_000, true, true);

        // Then
        assertThat(begun).isEqualTo(List.of(1_040L));
    }

    @Test
    void whoHasABridgeIsItsToFill() {
        // When
        filler.served();

        // Then
        assertThat(filler.waiting()).isFalse();
    }

    @Test
    void aBridgeThatSpeaksIsThereWhateverItHasSaidBefore() {
        // When
        filler.spoken();

        // Then
        assertThat(filler.waiting()).isFalse();
    }

    @Test
    void theNextBridgeEndsItOnce() {
        // Given
        filler.bridgeGone();
        ticks(0, 1_000, true, true);

        // When
        var stops = List.of(filler.served(), filler.served());

        // Then
        assertThat(stops).isEqualTo(List.of(true, false));
    }

    @Test
    void theNextLossCountsItsSilenceAnew() {
        // Given: silent for nearly long enough, and a bridge in between
        filler.bridgeGone();
        ticks(0, 560, true, true);
        filler.served();
        filler.bridgeGone();

        // When
        var begun = ticks(600, 2_000, true, true);

        // Then
        assertThat(begun).isEqualTo(List.of(600 + AFTER_MS));
    }

    /** @return when it began */
    private List<Long> ticks(long fromMs, long toMs, boolean silent, boolean quiet) {
        var begun = new ArrayList<Long>();
        for (var now = fromMs; now <= toMs; now += TICK_MS) {
            if (filler.waiting() && filler.due(now, silent, quiet)) {
                begun.add(now);
            }
        }
        return begun;
    }
}
