package centralita.simulators.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a caller was greeted, when his greeting breaks off and something of it follows. */
class CallerEarTest {
    private static final int FRAME_BYTES = 20 * Mulaw.BYTES_PER_MS;
    private static final byte[] GREETING =
            Clips.recorded().get("en", "greeting").mulaw();

    @ParameterizedTest(name = "broke off at {0} ms, went on from {1} ms after {2} ms, asked meanwhile: {3}")
    @CsvSource({
        "400, 380, 100, false, 1",
        "400, 380, 2000, false, 1",
        "400, 220, 2000, false, 1",
        "400, 380, 2000, true, 1",
        "2000, 1900, 2000, false, 1",
        "400, 0, 100, false, 1",
        "400, 0, 2000, true, 1",
        "1200, 0, 2000, false, 2",
        "1200, 0, 2000, true, 2",
        "2000, 0, 2000, false, 2",
        "4000, 0, 2000, true, 2"
    })
    void aGreetingThatGoesOnIsOneAndOneThatBeginsAnewIsAnother(
            int brokeOffMs, int fromMs, int pauseMs, boolean asked, int greetings) {
        // Given
        var ear = new CallerEar(ClipRecognizer.ofRecordedClips());

        // When
        hear(ear, 0, brokeOffMs);
        for (int ms = 0; ms < pauseMs; ms += 20) {
            ear.hear(new byte[FRAME_BYTES], 0, 0);
        }
        if (asked) {
            ear.forget();
        }
        hear(ear, fromMs, 3_000);
        ear.listen();

        // Then
        assertThat(ear.greetings()).isEqualTo(greetings);
    }

    @Test
    void oneThatBeginsAnewAgainAndAgainIsAnother() {
        // Given
        var ear = new CallerEar(ClipRecognizer.ofRecordedClips());

        // When
        hear(ear, 0, 400);
        ear.forget();
        hear(ear, 0, 400);
        ear.forget();
        hear(ear, 0, 3_000);
        ear.listen();

        // Then
        assertThat(ear.greetings()).isEqualTo(2);
    }

    private static void hear(CallerEar ear, int fromMs, int toMs) {
        for (int at = fromMs * Mulaw.BYTES_PER_MS; at < toMs * Mulaw.BYTES_PER_MS; at += FRAME_BYTES) {
            ear.hear(Arrays.copyOfRange(GREETING, at, at + FRAME_BYTES), FRAME_BYTES, 0);
        }
    }
}
