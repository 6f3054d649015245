package centralita.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HeapFiguresTest {
    @Test
    void theHeapOfG1IsRead() {
        // Given
        String info = """
                4242:
                 garbage-first heap   total reserved 204800K, committed 61440K, used 23456K [0x00000000f3800000, 0x0000000100000000)
                  region size 1M, 3 young (3M), 2 survivor (2M)
                 Metaspace       used 45678K, committed 46080K, reserved 1114112K
                  class space    used 5678K, committed 5888K, reserved 1048576K
                """;

        // When
        OptionalLong used = HeapFigures.used(info);

        // Then
        assertThat(used).hasValue(23_456L * 1024);
    }

    @Test
    void theGenerationsOfSerialAreAdded() {
        // Given
        String info = """
                 def new generation   total 9216K, used 1000K [0x1, 0x2, 0x3)
                  eden space 8192K,  12% used [0x1, 0x2, 0x3)
                 tenured generation   total 10240K, used 234K [0x1, 0x2, 0x3)
                  the  space 10240K,   2% used [0x1, 0x2, 0x3, 0x4)
                 Metaspace       used 99K, committed 192K, reserved 1114112K
                """;

        // When
        OptionalLong used = HeapFigures.used(info);

        // Then
        assertThat(used).hasValue(1_234L * 1024);
    }

    @Test
    void whatIsNoHeapIsNone() {
        assertThat(HeapFigures.used("4242:\njava.io.IOException: no such process"))
                .isEmpty();
    }
}
