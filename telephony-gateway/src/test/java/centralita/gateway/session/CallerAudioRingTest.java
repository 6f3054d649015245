package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallerAudioRingTest {
    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheNewestFramesWholeAndInOrder(long seed) {
        // Given
        var random = new Random(seed);
        var ring = new CallerAudioRing(1000, 20);
        var written = new ArrayDeque<List<Integer>>();

        for (var n = 0; n < 300; n++) {
            // When
            var length = 1 + random.nextInt(n % 10 == 0 ? 400 : 160);
            var at = ring.reserve(length + random.nextInt(3));
            var used = Math.min(length, 1000 - at);
            for (var i = 0; i < used; i++) {
                ring.memory()[at + i] = (byte) n;
            }
            ring.commit(n, used);
            written.add(List.of(n, used));

            // Then
            var kept = new ArrayList<List<Integer>>();
            ring.forEachFrom(0, (stamp, memory, offset, size) -> {
                for (var i = 0; i < size; i++) {
                    assertThat(memory[offset + i]).isEqualTo((byte) stamp);
                }
                kept.add(List.of(stamp, size));
            });
            assertThat(kept).isNotEmpty().hasSizeLessThanOrEqualTo(20);
            assertThat(written.stream().skip(written.size() - kept.size()).toList())
                    .isEqualTo(kept);
            assertThat(ring.next() - ring.first()).isEqualTo(kept.size());
        }
    }

    @Test
    void hasItsSecondsAtEveryMomentWhileTheNextFrameIsWritten() {
        // Given
        var ring = CallerAudioRing.ofSeconds(5);

        for (var n = 0; n < 2_000; n++) {
            // When: the base64 of 160 bytes may hold 162
            ring.reserve(162);

            // Then
            var kept = new int[1];
            ring.forEachFrom(0, (stampMs, mulaw, offset, length) -> kept[0] += length);
            assertThat(kept[0]).isGreaterThanOrEqualTo(Math.min(n, 250) * 160);
            ring.commit(n * 20, 160);
        }
    }
}
