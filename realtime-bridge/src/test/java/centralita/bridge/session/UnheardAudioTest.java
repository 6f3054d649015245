package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class UnheardAudioTest {
    private final UnheardAudio audio = new UnheardAudio();

    private static byte[] counted(int from, int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) ((from + i) / 8);
        }
        return bytes;
    }

    private byte[] left() {
        var out = new ByteArrayOutputStream();
        audio.forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Test
    void whatIsLeftBeginsToTheMillisecondWhereItWasHeard() {
        // Given
        audio.keep(counted(0, 160));
        audio.keep(counted(160, 160));
        audio.keep(counted(320, 160));

        // When
        audio.heardHere(15);
        audio.heardUntil(27);

        // Then
        assertThat(left()).isEqualTo(counted(27 * 8, 33 * 8));
    }

    @Test
    void underANewNumberHearingCountsFromItsBeginning() {
        // Given
        audio.keep(counted(0, 320));
        audio.heardUntil(20);
        audio.restart();
        audio.keep(counted(320, 160));

        // When: 25 ms more
        audio.heardHere(25);
        audio.heardUntil(45);

        // Then
        assertThat(left()).isEqualTo(counted(45 * 8, 15 * 8));
    }

    @Test
    void whatWasHeardAsAWholeLeavesNothing() {
        // Given
        audio.keep(counted(0, 160));

        // When
        audio.heardUntil(20);

        // Then
        assertThat(left()).isEmpty();
    }

    @Test
    void theOldestIsLostBeyondFourMinutes() {
        // When
        for (var second = 0; second < 300; second++) {
            audio.keep(new byte[8_000]);
        }

        // Then
        assertThat(left()).hasSize(240 * 8_000);
    }
}
