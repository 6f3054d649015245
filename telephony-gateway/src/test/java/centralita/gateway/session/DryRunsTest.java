package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether the silence between two frames was a hole in a sentence. */
class DryRunsTest {
    private static final int BYTES_OF_100_MS = 800;

    private final PlaybackClock clock = new PlaybackClock();

    @Test
    void audioThatComesTooLateInMidItemIsAnUnderrun() {
        // Given
        clock.sent(1, BYTES_OF_100_MS, 0);

        // When: 100 ms of sound, and more only after 150
        clock.sent(1, BYTES_OF_100_MS, 150);

        // Then
        assertThat(clock.dryRuns().count()).isOne();
        assertThat(clock.dryRuns().lengthMs()).isEqualTo(50);
    }

    @Test
    void audioThatComesInTimeIsNone() {
        // Given
        clock.sent(1, BYTES_OF_100_MS, 0);

        // When
        clock.sent(1, BYTES_OF_100_MS, 90);
        clock.sent(1, BYTES_OF_100_MS, 205);

        // Then: 5 ms are within what the clock knows
        assertThat(clock.dryRuns().count()).isZero();
    }

    @Test
    void silenceBetweenTwoItemsIsNone() {
        // Given
        clock.sent(1, BYTES_OF_100_MS, 0);
        clock.ended(1, (_, _, _) -> {});

        // When
        clock.sent(2, BYTES_OF_100_MS, 900);

        // Then
        assertThat(clock.dryRuns().count()).isZero();
    }

    @Test
    void silenceThatTheCallerAskedForIsNone() {
        // Given
        clock.sent(1, BYTES_OF_100_MS, 0);
        clock.cleared(50);

        // When
        clock.sent(1, BYTES_OF_100_MS, 900);

        // Then
        assertThat(clock.dryRuns().count()).isZero();
    }
}
