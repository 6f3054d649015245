package centralita.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.gateway.pool.BridgeChoice.Candidate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BridgeChoiceTest {
    private static final Candidate FULL = new Candidate("full", 1.0, true, false);
    private static final Candidate DRAINING = new Candidate("draining", 0.0, true, true);
    private static final Candidate STALE = new Candidate("stale", 0.0, false, false);
    private static final Candidate STALE_BUSY = new Candidate("stale-busy", 0.5, false, false);

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverChoosesOneThatIsFullDrainingOrStaleWhileAnotherIsThere(int seed) {
        // Given
        var good = new Candidate("good", 0.99, true, false);

        // When
        var chosen = BridgeChoice.choose(List.of(FULL, DRAINING, STALE, good), new Random(seed));

        // Then
        assertThat(chosen).contains("good");
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
                new Candidate("a", 0.1, true, false),
                new Candidate("b", 0.2, true, false),
                new Candidate("c", 0.9, true, false));
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
