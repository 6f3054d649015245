package centralita.mediasocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void everyByteMeetsItsByteOfTheKeyAndNoOtherByteChanges() {
        var random = new SplittableRandom(1);
        for (var from = 0; from < 9; from++) {
            for (var length = 0; length < 40; length++) {
                // Given
                var bytes = new byte[64];
                random.nextBytes(bytes);
                var key = random.nextInt();
                var expected = bytes.clone();
                for (var i = 0; i < length; i++) {
                    expected[from + i] ^= (byte) (key >>> 24 - i % 4 * 8);
                }

                // When
                Mask.apply(bytes, from, length, key);

                // Then
                assertThat(bytes).isEqualTo(expected);
            }
        }
    }
}
