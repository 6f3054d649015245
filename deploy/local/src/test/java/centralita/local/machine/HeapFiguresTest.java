package centralita.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HeapFiguresTest {
    @Test
    void theBytesOfAllThatIsAliveAreRead() {
        // Given
        String histogram = """
                4242:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:        132904       12345678  [B (java.base@25)
                   2:          1870        5231576  [Ljdk.internal.vm.FillerElement; (java.base@25)
                   3:            12            288  centralita.gateway.session.AudioSession
                   4:             7            112  jdk.internal.vm.FillerObject (java.base@25)
                Total        134793       17577654
                """;

        // When
        OptionalLong alive = HeapFigures.total(histogram);

        // Then
        assertThat(alive).hasValue(12_345_966);
    }

    @Test
    void theLiveBytesOfThisVeryProcessAreFound() {
        // When
        OptionalLong alive =
                HeapFigures.live(java.util.List.of(ProcessHandle.current().pid()));

        // Then
        assertThat(alive.orElseThrow()).isBetween(1L, Runtime.getRuntime().totalMemory());
    }

    @Test
    void whatIsNoHistogramIsNone() {
        assertThat(HeapFigures.total("4242:\njava.io.IOException: no such process"))
                .isEmpty();
    }
}
