package centralita.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.local.bench.CapacitySearch.Found;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacitySearchTest {
    @ParameterizedTest
    @ValueSource(ints = {100, 130, 350, 640, 999, 1_500, 1_999})
    void theMostThatHoldsIsFoundWithinATenth(int capacity) {
        // When
        var found = CapacitySearch.search(100, 4_000, calls -> calls <= capacity);

        // Then
        assertThat(found.calls()).isLessThanOrEqualTo(capacity);
        assertThat(found.failedAt()).isGreaterThan(capacity);
        assertThat((double) found.failedAt()).isLessThanOrEqualTo(found.calls() * 1.1);
    }

    @Test
    void itTakesFewTries() {
        // Given
        var tried = new ArrayList<Integer>();

        // When
        CapacitySearch.search(100, 4_000, calls -> {
            tried.add(calls);
            return calls <= 640;
        });

        // Then
        assertThat(tried).startsWith(100, 200, 400, 800, 600).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void whereEverythingHoldsItStopsAtTheMost() {
        // When, then
        assertThat(CapacitySearch.search(100, 700, _ -> true)).isEqualTo(new Found(700, 0));
    }

    @Test
    void whereNothingHoldsItSaysSo() {
        // When, then
        assertThat(CapacitySearch.search(100, 700, _ -> false)).isEqualTo(new Found(0, 100));
    }
}
