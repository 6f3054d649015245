package centralita.local.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlopeTest {
    private static final double TOLERATED = 4;

    @Test
    void aStraightLineIsFoundExactly() {
        // When
        var slope = Slope.of("threads", points(seconds -> 10 + seconds / 360), TOLERATED);

        // Then
        assertThat(slope.perHour()).isCloseTo(10, within(1e-9));
        assertThat(slope.first()).isCloseTo(10, within(1e-9));
        assertThat(slope.growth()).isCloseTo(119 * 60 / 360.0, within(1e-9));
        assertThat(slope.rises()).isTrue();
    }

    @Test
    void noiseDoesNotRise() {
        // Given
        var random = new Random(1);

        // When
        var slope = Slope.of("heap", points(_ -> 50 + random.nextGaussian() * 3), TOLERATED);

        // Then
        assertThat(slope.rises()).isFalse();
    }

    @Test
    void aLeakUnderNoiseRises() {
        // Given
        var random = new Random(1);

        // When
        var slope = Slope.of("heap", points(seconds -> 50 + seconds / 600 + random.nextGaussian() * 3), TOLERATED);

        // Then
        assertThat(slope.rises()).isTrue();
    }

    @Test
    void whatGrowsByLessThanMattersDoesNotRise() {
        // When
        var slope = Slope.of("heap", points(seconds -> 50 + seconds / 3_600), TOLERATED);

        // Then
        assertThat(slope.rises()).isFalse();
    }

    @Test
    void whatFallsDoesNotRise() {
        // When
        var slope = Slope.of("keys", points(seconds -> 50 - seconds / 60), TOLERATED);

        // Then
        assertThat(slope.rises()).isFalse();
    }

    /** Two hours, a sample a minute. */
    private static List<double[]> points(DoubleUnaryOperator figure) {
        return IntStream.range(0, 120)
                .mapToObj(minute -> new double[] {minute * 60.0, figure.applyAsDouble(minute * 60.0)})
                .toList();
    }
}
