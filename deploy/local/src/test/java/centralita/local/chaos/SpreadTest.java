package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void ofAHundredValuesTheHundredthPartIsTheLastButOne() {
        // Given
        var values = LongStream.rangeClosed(1, 100).boxed().toList().reversed();

        // When, then
        assertThat(Spread.of(values)).isEqualTo(new Spread(100, 50, 95, 99, 100));
    }

    @Test
    void ofNothingItIsNothing() {
        // When, then
        assertThat(Spread.of(List.of())).isEqualTo(new Spread(0, 0, 0, 0, 0));
    }
}
