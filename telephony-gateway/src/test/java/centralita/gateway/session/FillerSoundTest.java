package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FillerSoundTest {
    @Test
    void theFillerIsSoftAndBeginsAndEndsInSilence() {
        // Given
        var sound = FillerSound.mulaw();

        // Then: two notes in the first second of two, at -30 dBm0 at their loudest
        assertThat(sound).hasSize(16_000);
        assertThat(levelOf(sound, 900, 200)).isBetween(400, 480);
        assertThat(levelOf(sound, 0, 40)).isLessThan(20);
        assertThat(levelOf(sound, 1_960, 40)).isLessThan(20);
        assertThat(levelOf(sound, 8_000, 8_000)).isZero();
        assertThat(Arrays.copyOf(sound, 1)).isEqualTo(new byte[] {(byte) 0xFF});
    }

    @Test
    void speechIsLoudAndAQuietLineIsNot() {
        // Given
        var silence = new byte[800];
        Arrays.fill(silence, (byte) 0xFF);
        var loud = new byte[800];
        Arrays.fill(loud, (byte) 0x9F);

        // Then
        assertThat(levelOf(silence, 0, 800)).isZero();
        assertThat(levelOf(loud, 0, 800)).isGreaterThan(10 * CallerLevel.QUIET);
        assertThat(new CallerLevel().mean()).isZero();
    }

    private static int levelOf(byte[] mulaw, int offset, int length) {
        var level = new CallerLevel();
        level.add(mulaw, offset, length);
        return level.mean();
    }
}
