package centralita.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.gateway.pool.BridgeChoice.Candidate;
import centralita.livestate.BridgeEntry.State;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BridgeChoiceTest {
    private static final Candidate FULL = new Candidate("full", 1.0, true, State.READY);
    private static final Candidate DRAINING = new Candidate("draining", 0.0, true, State.DRAINING);
    private static final Candidate STRAINED = new Candidate("strained", 0.0, true, State.STRAINED);
    private static final Candidate STALE_STRAINED = new Candidate("stale-strained", 0.0, false, State.STRAINED);
    private static final Candidate STALE = new Candidate("stale", 0.0, false, State.READY);
    private static final Candidate STALE_BUSY = new Candidate("stale-busy", 0.5, false, State.READY);

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverChoosesOneThatIsFullDrainingOrStaleWhileAnotherIsThere(int seed) {
        // Given
        var good = new Candidate("good", 0.99, true, State.READY);

        // When
        var chosen = BridgeChoice.choose(List.of(FULL, DRAINING, STALE, good), new Random(seed));

        // Then
        assertThat(chosen).contains("good");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCallThatCanDoWithoutNeverGoesToOneThatHasTooMuchToDo_FR6(int seed) {
        // Given
        var good = new Candidate("good", 0.99, true, State.READY);

        // When, then
        assertThat(BridgeChoice.chooseAtEase(List.of(STRAINED, good), new Random(seed)))
                .contains("good");
        assertThat(BridgeChoice.chooseAtEase(List.of(STRAINED, DRAINING, FULL), new Random(seed)))
                .isEmpty();
        // One that is probably dead is no better: the call would come back, and would have to have one then.
        assertThat(BridgeChoice.chooseAtEase(List.of(STRAINED, STALE), new Random(seed)))
                .isEmpty();
        assertThat(BridgeChoice.chooseAtEase(List.of(DRAINING, STALE_STRAINED, STALE), new Random(seed)))
                .contains("stale");
        assertThat(BridgeChoice.chooseAtEase(List.of(STALE_STRAINED), new Random(seed)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCallThatLivesGoesThereRatherThanNowhere_FR6(int seed) {
        // Given
        var good = new Candidate("good", 0.99, true, State.READY);

        // When, then
        assertThat(BridgeChoice.choose(List.of(STRAINED, good), new Random(seed)))
                .contains("good");
        assertThat(BridgeChoice.choose(List.of(STRAINED, STALE, FULL, DRAINING), new Random(seed)))
                .contains("strained");
    }

    @Test
    void takesTheLeastBadWhenNoneIsFresh() {
        assertThat(BridgeChoice.choose(List.of(FULL, DRAINING, STALE_BUSY, STALE), new Random(1)))
                .contains("stale");
    }

    @Test
    void choosesNoneWhenNoneCanServe() {
        assertThat(BridgeChoice.choose(List.of(FULL, DRAINING), new Random(1))).isEqualTo(Optional.empty());
        assertThat(BridgeChoice.choose(List.of(), new Random(1))).isEqualTo(Optional.empty());
    }

    @Test
    void theMostLoadedOfSeveralIsNeverChosenAndTheOthersAreAll() {
        // Given
        var candidates = List.of(
                new Candidate("a", 0.1, true, State.READY),
                new Candidate("b", 0.2, true, State.READY),
                new Candidate("c", 0.9, true, State.READY));
        var random = new Random(7);
        var count = new HashMap<String, Integer>();

        // When
        for (var i = 0; i < 1000; i++) {
            count.merge(BridgeChoice.choose(candidates, random).orElseThrow(), 1, Integer::sum);
        }

        // Then
        assertThat(count.keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(count.get("a")).isGreaterThan(count.get("b"));
    }
}
