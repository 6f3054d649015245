package centralita.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.gateway.call.DrainPace.Next;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F-P6: streams are closed one after another, as long as there is time for it. */
class DrainPaceTest {
    private static final DrainPace PACE = new DrainPace(1_500, 8_000, 50);

    @ParameterizedTest(name = "after {0} ms with {1} left: {2}")
    @CsvSource({
        "1499, 100, NONE",
        "1500, 100, WELL_RESTED",
        "1500, 0, NONE",
        "3999, 80, WELL_RESTED",
        "3999, 81, ANY",
        "4000, 79, RESTED",
        "7949, 1, RESTED",
        "7950, 1, ANY",
        "9000, 1, ANY"
    })
    void closesWhatIsLeastDisturbedForAsLongAsThereIsTime(long sinceMs, int left, Next next) {
        assertThat(PACE.next(sinceMs, left)).isEqualTo(next);
    }

    @ParameterizedTest(name = "{0} streams, at most {1} at once")
    @CsvSource({"1, 1", "100, 1", "130, 1", "131, 2", "1000, 8"})
    void withNobodyEverAtRestAllAreClosedInTimeAndNoMoreAtOnceThanMustBe(int streams, int most) {
        // Given
        var left = streams;

        // When
        for (var sinceMs = 0L; sinceMs < 8_000; sinceMs += 50) {
            if (PACE.next(sinceMs, left) == Next.ANY) {
                var now = PACE.many(sinceMs, left);
                assertThat(now).isBetween(1, most);
                left -= now;
            }
        }

        // Then
        assertThat(left).isZero();
    }

    @ParameterizedTest(name = "after {0} ms: {1}")
    @CsvSource({"0, NONE", "1499, NONE", "1500, ANY"})
    void withoutPatienceAllAreClosedWhenLoadBalancersHaveNoticedAndNotBefore(long sinceMs, Next next) {
        // Given
        var pace = new DrainPace(1_500, 0, 50);

        // When, then
        assertThat(pace.next(sinceMs, 7)).isEqualTo(next);
        assertThat(pace.many(sinceMs, 7)).isEqualTo(7);
    }
}
