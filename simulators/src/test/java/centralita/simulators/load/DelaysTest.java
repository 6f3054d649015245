package centralita.simulators.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DelaysTest {
    @Test
    void percentilesAreThoseOfWhatWasRecorded() {
        // Given
        var delays = new Delays();

        // When
        for (int micros = 1; micros <= 10_000; micros++) {
            delays.record(micros * 1000L);
        }

        // Then
        Percentiles percentiles = delays.percentiles();
        assertThat(percentiles.count()).isEqualTo(10_000);
        assertThat(percentiles.p50()).isCloseTo(5_000, Percentage.withPercentage(0.2));
        assertThat(percentiles.p90()).isCloseTo(9_000, Percentage.withPercentage(0.2));
        assertThat(percentiles.p99()).isCloseTo(9_900, Percentage.withPercentage(0.2));
        assertThat(percentiles.max()).isCloseTo(10_000, Percentage.withPercentage(0.2));
    }

    @Test
    void whatIsLongerThanAMinuteCountsAsAMinute() {
        // Given
        var delays = new Delays();

        // When
        delays.record(Duration.ofHours(1).toNanos());

        // Then
        assertThat(delays.percentiles().max()).isCloseTo(60e6, within(60e3));
    }
}
