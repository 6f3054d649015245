package centralita.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.load.LoadResult;
import centralita.simulators.load.LoadResult.Direction;
import centralita.simulators.load.Percentiles;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityRunTest {
    @ParameterizedTest(name = "p99 of delays {0} µs, generator late by {1} µs, {2} frames lost: {3}")
    @CsvSource({"99000, 1000, 0, true", "100000, 1000, 0, false", "2000, 100000, 0, false", "2000, 1000, 1, false"})
    void callsAreCarriedWhenTheyWereThereAndNothingOfThemIsLateOrLost(
            double delayUs, double lateUs, long lost, boolean holds) {
        // Given
        var delay = new Percentiles(1000, 500, 900, delayUs, delayUs, delayUs);
        var late = new Percentiles(1000, 500, 900, lateUs, lateUs, lateUs);
        var up = new Direction(delay, 1000, 1000 - lost, 0, lost, 0, 0, 0, 0);
        var down = new Direction(delay, 1000, 1000, 0, 0, 0, 0, 0, 0);

        // When
        var load = new LoadResult(100, 100, Map.of(), 30, delay, delay, up, down, delay, 0, late);

        // Then
        assertThat(CapacityRun.holds(load)).isEqualTo(holds);
    }
}
