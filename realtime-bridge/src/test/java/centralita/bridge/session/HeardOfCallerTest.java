package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lost session has heard is there for the next one, within bounds. */
class HeardOfCallerTest {
    private static final int MOST_MS = 10_000;

    private final HeardOfCaller heard = new HeardOfCaller(MOST_MS);

    /** Frames of 20 ms, each of its number. */
    private void hear(int frames, long neededFromMs) {
        for (var i = 0; i < frames; i++) {
            var frame = new byte[160];
            Arrays.fill(frame, (byte) (heard.heardMs() / 20));
            heard.add(Unpooled.wrappedBuffer(frame), neededFromMs);
        }
    }

    @ParameterizedTest(name = "{0} frames, needed from {1} ms: from {2} ms on there are {3} ms, the first of frame {4}")
    @CsvSource({
        "10,   -1,     0,    200,   0",
        "10,   -1,     60,   140,   3",
        // At rest a second is kept.
        "500,  -1,     9500, 500,   475",
        "100,  500,    500,  1500,  25",
        "200,  500,    500,  3500,  25",
        // The bound: the oldest goes first.
        "1000, 0,      0,    10000, 500",
        "10,   -1,     9000, 0,     -",
    })
    void soMuchOfItIsThere(int frames, long neededFromMs, long sinceMs, int expectedMs, String firstFrame) {
        // Given
        hear(frames, neededFromMs);

        // When
        var again = heard.since(sinceMs);

        // Then
        assertThat(again).hasSize(expectedMs * 8);
        if (expectedMs > 0) {
            assertThat(again[0]).isEqualTo((byte) Integer.parseInt(firstFrame));
            assertThat(again[again.length - 1]).isEqualTo((byte) (frames - 1));
        }
    }

    @Test
    void aPartOfItIsThere() {
        // Given
        hear(50, 0);

        // When
        var part = heard.between(200, 320);

        // Then
        assertThat(part).hasSize(120 * 8);
        assertThat(part[0]).isEqualTo((byte) 10);
        assertThat(part[part.length - 1]).isEqualTo((byte) 15);
        assertThat(heard.between(900, 5_000)).hasSize(100 * 8);
        assertThat(heard.between(5_000, 6_000)).isEmpty();
    }

    @Test
    void audioOfAnyLengthIsTakenWholeAndLeftAsItIs() {
        // Given
        var long20s = Unpooled.buffer();
        for (var ms = 0; ms < 20_000; ms++) {
            long20s.writeLong(ms);
        }

        // When
        heard.add(long20s, 0);

        // Then
        assertThat(long20s.readableBytes()).isEqualTo(160_000);
        assertThat(heard.heardMs()).isEqualTo(20_000);
        assertThat(Unpooled.wrappedBuffer(heard.since(0)).getLong(0)).isEqualTo(10_000);
    }

    @Test
    void anotherSessionHearsFromItsOwnBeginning() {
        // Given
        hear(100, 0);

        // When
        heard.restart();
        hear(5, 0);

        // Then
        assertThat(heard.heardMs()).isEqualTo(100);
        assertThat(heard.since(0)).hasSize(800);
    }
}
