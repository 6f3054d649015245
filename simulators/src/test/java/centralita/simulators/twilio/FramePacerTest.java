package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FramePacerTest {
    private static final long MS = 1_000_000;

    @Test
    void aLateClockCatchesUpAndDoesNotDrift() {
        // Given: an hour in which every question comes up to 70 ms late
        var pacer = new FramePacer(0);
        var random = new Random(42);
        long now = 0;
        long frames = 0;

        // When
        while (now < 3_600_000 * MS) {
            now += 5 * MS + random.nextLong(70 * MS);
            frames += pacer.framesDue(now);
        }

        // Then
        assertThat(frames).isEqualTo(now / (20 * MS));
        assertThat(pacer.lostFrames()).isZero();
    }

    @Test
    void aFrameIsDueOnlyOnce() {
        // Given
        var pacer = new FramePacer(0);

        // When
        int first = pacer.framesDue(39 * MS);
        int again = pacer.framesDue(39 * MS);
        int next = pacer.framesDue(40 * MS);

        // Then
        assertThat(new int[] {first, again, next}).containsExactly(1, 0, 1);
    }

    @Test
    void aStallOfAMinuteIsNotCaughtUpAsAFlood() {
        // Given
        var pacer = new FramePacer(0);

        // When
        int due = pacer.framesDue(60_000 * MS);
        int after = pacer.framesDue(60_020 * MS);

        // Then
        assertThat(due).isEqualTo(250);
        assertThat(pacer.lostFrames()).isEqualTo(2_750);
        assertThat(after).isEqualTo(1);
    }
}
