package centralita.simulators.caller;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.SpeechDetector;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParrotPatternTest {
    private static byte[] frames(ParrotPattern pattern, int count) {
        var all = new ByteArrayOutputStream();
        var frame = new byte[160];
        for (int i = 0; i < count; i++) {
            pattern.next(frame);
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private static void hear(ParrotPattern pattern, byte[] audio) {
        pattern.hear(audio, audio.length);
    }

    @Test
    void whatComesBackWholeIsCleanHoweverItIsCutAndWhateverIsAround() {
        // Given
        var pattern = new ParrotPattern(7);
        var sent = frames(pattern, 500);
        var random = new Random(3);

        // When
        hear(pattern, new byte[777]);
        for (int at = 0; at < sent.length; ) {
            int length = Math.min(sent.length - at, 1 + random.nextInt(400));
            hear(pattern, Arrays.copyOfRange(sent, at, at + length));
            at += length;
        }

        // Then
        assertThat(pattern.count()).isEqualTo(new ParrotPattern.Count(500, 500, 0, 0, 0, 0));
        assertThat(pattern.count().clean()).isTrue();
    }

    @Test
    void aMissingFrameIsLostAndARepeatedOneIsCounted() {
        // Given
        var pattern = new ParrotPattern(7);
        var sent = frames(pattern, 3);

        // When
        hear(pattern, Arrays.copyOf(sent, 160));
        hear(pattern, Arrays.copyOf(sent, 160));
        hear(pattern, Arrays.copyOfRange(sent, 320, 480));

        // Then
        assertThat(pattern.count()).isEqualTo(new ParrotPattern.Count(3, 2, 1, 0, 0, 1));
    }

    @Test
    void oneChangedBitIsCorruption() {
        // Given
        var pattern = new ParrotPattern(7);
        var sent = frames(pattern, 2);
        sent[100] ^= 1;

        // When
        hear(pattern, sent);

        // Then
        assertThat(pattern.count()).isEqualTo(new ParrotPattern.Count(2, 1, 1, 1, 0, 0));
    }

    @Test
    void aStrangersFrameIsRecognisedAsHis() {
        // Given
        var stranger = new ParrotPattern(199);
        var pattern = new ParrotPattern(7);

        // When
        hear(pattern, frames(stranger, 5));

        // Then
        assertThat(pattern.count()).isEqualTo(new ParrotPattern.Count(0, 0, 0, 0, 5, 0));
        assertThat(pattern.count().clean()).isFalse();
    }

    @Test
    void thePatternCountsAsSpeech() {
        // Given
        var detector = new SpeechDetector(SpeechDetector.Sensitivity.DEFAULT);

        // When
        detector.add(frames(new ParrotPattern(1), 10));

        // Then
        assertThat(detector.speaking()).isTrue();
    }
}
