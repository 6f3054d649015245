package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A hundred calls that were cut together come back one after another, and soon (F-O9). */
class ReconnectPaceTest {
    private final HandLoop loop = new HandLoop();
    private final ReconnectPace pace = new ReconnectPace(loop, new SplittableRandom(7), 250, 20);

    @Test
    void aHundredAreBackInFiveSecondsAndNeverMoreThanTwentyInOne() {
        // Given
        var at = new ArrayList<Long>();
        for (var i = 0; i < 100; i++) {
            assertThat(pace.enter(1, 0, () -> at.add(loop.nowMs()))).isTrue();
        }

        // When
        loop.advance(60_000);

        // Then
        assertThat(at).hasSize(100).isSorted();
        assertThat(at.getLast() - 1_000).isBetween(4_900L, 5_300L);
        for (var i = 20; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 20))
                    .as("twenty before number %d", i)
                    .isGreaterThanOrEqualTo(999L);
        }
    }

    @Test
    void everyTryWaitsUpToTwiceAsLongAsTheOneBeforeAndLotDecides() {
        // Given
        var longest = new long[] {250, 500, 1_000, 2_000, 4_000, 8_000, 8_000};

        // When
        for (var attempt = 1; attempt <= longest.length; attempt++) {
            var least = Long.MAX_VALUE;
            var most = 0L;
            for (var i = 0; i < 200; i++) {
                var asked = loop.nowMs();
                var ran = new ArrayList<Long>();
                pace.enter(attempt, 0, () -> ran.add(loop.nowMs() - asked));
                loop.advance(10_000);
                least = Math.min(least, ran.getFirst());
                most = Math.max(most, ran.getFirst());
            }

            // Then
            assertThat(most).isBetween(longest[attempt - 1] * 9 / 10, longest[attempt - 1]);
            assertThat(least).isLessThan(longest[attempt - 1] / 10 + 1);
        }
    }

    @Test
    void whatAProviderAsksUsToWaitIsWaited() {
        // Given
        var at = new ArrayList<Long>();

        // When
        pace.enter(1, 3_000, () -> at.add(loop.nowMs()));
        loop.advance(2_999);
        var early = at.size();
        loop.advance(1);

        // Then
        assertThat(early).isZero();
        assertThat(at).hasSize(1);
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldSo() {
        // Given
        for (var i = 0; i < 2_000; i++) {
            pace.enter(1, 0, () -> {});
        }

        // When, then
        assertThat(pace.enter(1, 0, () -> {})).isFalse();
        loop.advance(200_000);
        assertThat(pace.enter(1, 0, () -> {})).isTrue();
    }
}
