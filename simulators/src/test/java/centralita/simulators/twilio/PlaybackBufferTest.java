package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaybackBufferTest {
    private final PlaybackBuffer buffer = new PlaybackBuffer();
    private final byte[] frame = new byte[160];

    private List<String> tick() {
        buffer.play(frame);
        return buffer.dueMarks();
    }

    @Test
    void playsInOrderAndFillsTheRestWithSilence() {
        // Given
        buffer.offer(new byte[] {1, 2, 3});
        buffer.offer(new byte[] {4});

        // When
        int played = buffer.play(frame);

        // Then
        var expected = new byte[160];
        java.util.Arrays.fill(expected, (byte) 0xFF);
        System.arraycopy(new byte[] {1, 2, 3, 4}, 0, expected, 0, 4);
        assertThat(played).isEqualTo(4);
        assertThat(frame).isEqualTo(expected);
    }

    @Test
    void aMarkComesBackOnlyWhenTheAudioBeforeItHasSounded() {
        // Given
        buffer.offer(new byte[200]);
        var atOnce = buffer.mark("end");

        // When
        var returned = List.of(atOnce, tick(), tick(), tick(), tick());

        // Then: 160 bytes sound in the first frame, 40 in the second, which is over when the third begins
        assertThat(returned).isEqualTo(List.of(List.of(), List.of(), List.of(), List.of("end"), List.of()));
    }

    @Test
    void aMarkOnAnEmptyLineComesBackAtOnce() {
        // Given
        buffer.offer(new byte[160]);
        tick();
        tick();

        // When
        var due = buffer.mark("nothing-waits");

        // Then
        assertThat(due).containsExactly("nothing-waits");
    }

    @Test
    void marksComeBackInTheOrderOfTheirAudio() {
        // Given
        for (int i = 0; i < 5; i++) {
            buffer.offer(new byte[80]);
            buffer.mark("m" + i);
        }

        // When
        var returned = new ArrayList<List<String>>();
        for (int i = 0; i < 4; i++) {
            returned.add(tick());
        }

        // Then
        assertThat(returned).isEqualTo(List.of(List.of(), List.of("m0", "m1"), List.of("m2", "m3"), List.of("m4")));
    }

    @Test
    void clearDropsWhatWaitsAndReturnsAllMarks() {
        // Given
        buffer.offer(new byte[1_600]);
        buffer.mark("a");
        buffer.offer(new byte[1_600]);
        buffer.mark("b");
        tick();

        // When
        var cleared = buffer.clear();

        // Then
        assertThat(cleared).containsExactly("a", "b");
        assertThat(buffer.playedMs()).isEqualTo(20);
        assertThat(buffer.droppedBytes()).isEqualTo(3_040);
        assertThat(tick()).isEmpty();
    }

    @Test
    void audioAfterClearPlaysNormally() {
        // Given
        buffer.offer(new byte[320]);
        buffer.clear();

        // When
        buffer.offer(new byte[] {7});
        buffer.mark("new");

        // Then
        assertThat(buffer.play(frame)).isEqualTo(1);
        assertThat(frame[0]).isEqualTo((byte) 7);
        assertThat(tick()).containsExactly("new");
    }

    @Test
    void whatDoesNotFitIsRefusedWhole() {
        // Given
        buffer.offer(new byte[PlaybackBuffer.MAX_BYTES]);

        // When
        var taken = buffer.offer(new byte[1]);

        // Then
        assertThat(taken).isFalse();
        assertThat(buffer.bufferedBytes()).isEqualTo(PlaybackBuffer.MAX_BYTES);
    }
}
