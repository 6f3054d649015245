package centralita.simulators.speech;

import static centralita.simulators.speech.SpeechDetectorTest.concat;
import static centralita.simulators.speech.SpeechDetectorTest.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClipRecognizerTest {
    private static final ClipRecognizer RECOGNIZER = ClipRecognizer.ofRecordedClips();

    @Test
    void everyClipIsRecognizedAsItselfAndAsNothingElse() {
        for (var clip : Clips.recorded().all()) {
            var heard = RECOGNIZER.listen(concat(Mulaw.silence(123), clip.mulaw(), noise(200, 40)));

            assertThat(heard).as(clip.toString()).hasSize(1);
            assertThat(heard.getFirst().clip()).isEqualTo(clip);
            assertThat(heard.getFirst().share()).isEqualTo(1.0);
            assertThat(heard.getFirst().fromMs() - heard.getFirst().clipFromMs())
                    .isEqualTo(123);
        }
    }

    @Test
    void aClipWithCutEdgesLostFramesAndPaddingIsStillKnown() {
        // Given: 203 bytes cut in front, three frames lost, one replaced by silence
        var clip = Clips.recorded().get("en", "what-time");
        var said = clip.mulaw();
        var damaged = concat(
                Mulaw.silence(300),
                Arrays.copyOfRange(said, 203, 1_600),
                Arrays.copyOfRange(said, 1_600 + 480, 3_000),
                Mulaw.silence(20),
                Arrays.copyOfRange(said, 3_160, said.length - 77),
                Mulaw.silence(500));

        // When
        var heard = RECOGNIZER.listen(damaged);

        // Then
        assertThat(heard).extracting(h -> h.clip().toString()).containsExactly("en/what-time");
        assertThat(heard.getFirst().share()).isGreaterThan(0.7);
    }

    @Test
    void theHeardPartOfAnInterruptedClipIsMeasured() {
        // Given
        var clip = Clips.recorded().get("es", "long-answer");

        // When
        var heard = RECOGNIZER.listen(concat(Mulaw.silence(100), Arrays.copyOf(clip.mulaw(), 3_000 * 8)));

        // Then
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().clipToMs()).isCloseTo(3_000, within(120));
        assertThat(heard.getFirst().toMs()).isCloseTo(3_100, within(120));
    }

    @Test
    void aSentenceBuiltOfClipsIsHeardInOrderAndSoIsAClipSaidTwice() {
        // Given
        var clips = Clips.recorded();
        var sentence = concat(
                clips.get("en", "time-is").mulaw(),
                clips.get("en", "number-14").mulaw(),
                clips.get("en", "hours-and").mulaw(),
                clips.get("en", "number-5").mulaw(),
                clips.get("en", "minutes").mulaw(),
                clips.get("en", "hello").mulaw(),
                clips.get("en", "hello").mulaw());

        // When
        var heard = RECOGNIZER.listen(sentence);

        // Then
        assertThat(heard)
                .extracting(h -> h.clip().name())
                .containsExactly("time-is", "number-14", "hours-and", "number-5", "minutes", "hello", "hello");
    }

    @Test
    void audioThatGrowsIsHeardAsAWhole() {
        // Given
        var clips = Clips.recorded();
        var audio = concat(
                Mulaw.silence(100),
                clips.get("en", "what-time").mulaw(),
                Mulaw.silence(1_700),
                clips.get("es", "long-answer").mulaw(),
                clips.get("en", "what-time").mulaw());

        // When: it comes in frames, and is asked after often and seldom
        var progress = RECOGNIZER.begin();
        for (int end = 160, frame = 0; end < audio.length; end += 160, frame++) {
            if (frame % 5 == 0) {
                // Then
                assertThat(progress.listen(audio, end)).isEqualTo(RECOGNIZER.listen(audio, 0, end));
            }
        }
        assertThat(progress.listen(audio, audio.length)).isEqualTo(RECOGNIZER.listen(audio));
    }

    @Test
    void noiseAndSilenceAndTooLittleAreNothing() {
        assertThat(RECOGNIZER.listen(noise(3_000, 3_000))).isEmpty();
        assertThat(RECOGNIZER.listen(Mulaw.silence(3_000))).isEmpty();
        assertThat(RECOGNIZER.listen(new byte[79])).isEmpty();
    }
}
