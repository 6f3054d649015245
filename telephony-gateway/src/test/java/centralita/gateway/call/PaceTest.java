package centralita.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void fiftyCallsOfALostBridgeAreTakenOverWithinASecondAndNeverMoreAtOnce() {
        // Given: F-P1, F-O9
        var pace = new Pace(60, new Random(7)::nextDouble);

        // When
        var delays = IntStream.range(0, 50).mapToLong(_ -> pace.delayMs(1_000)).toArray();

        // Then
        assertThat(LongStream.of(delays).max().orElseThrow()).isBetween(700L, 900L);
        for (var from = 0L; from < 900; from += 100) {
            var begin = from;
            assertThat(LongStream.of(delays).filter(at -> at >= begin && at < begin + 100))
                    .hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void aSingleCallHardlyWaits() {
        // Given
        var pace = new Pace(60, () -> 1.0);
        pace.delayMs(1_000);

        // When
        var later = pace.delayMs(5_000);

        // Then
        assertThat(later).isEqualTo(17);
    }
}
