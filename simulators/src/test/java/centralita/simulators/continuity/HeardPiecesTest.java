package centralita.simulators.continuity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import centralita.simulators.speech.Clip;
import centralita.simulators.speech.ClipRecognizer.Heard;
import centralita.simulators.speech.Clips;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeardPiecesTest {
    private static final Clip ANSWER = Clips.recorded().get("en", "happy-to-help");
    private static final Clip OTHER = Clips.recorded().get("en", "goodbye");

    @Test
    void whatGoesOnWhereItBrokeOffIsOneAnswer() {
        assertThat(share(piece(ANSWER, 40, 900, 0.4), piece(ANSWER, 900, 2_000, 0.6)))
                .isEqualTo(1.0, within(0.001));
        assertThat(share(piece(ANSWER, 40, 900, 0.4), piece(OTHER, 40, 500, 1), piece(ANSWER, 1_000, 1_500, 0.3)))
                .isEqualTo(0.7, within(0.001));
    }

    @Test
    void whatIsSaidAgainCountsOnce() {
        assertThat(share(piece(ANSWER, 40, 900, 0.4), piece(ANSWER, 500, 1_300, 0.4)))
                .isEqualTo(0.6, within(0.001));
        assertThat(share(piece(ANSWER, 40, 900, 0.4), piece(ANSWER, 500, 900, 0.2), piece(ANSWER, 500, 900, 0.2)))
                .isEqualTo(0.4, within(0.001));
    }

    @Test
    void twoBeginningsAreNoAnswer() {
        assertThat(share(piece(ANSWER, 40, 300, 0.5), piece(ANSWER, 40, 300, 0.5)))
                .isEqualTo(0.5, within(0.001));
        assertThat(share(piece(ANSWER, 40, 300, 0.1), piece(ANSWER, 30, 900, 0.4), piece(ANSWER, 40, 500, 0.2)))
                .isEqualTo(0.4, within(0.001));
    }

    @Test
    void ofAnotherClipNothingCounts() {
        assertThat(share(piece(OTHER, 0, 900, 1))).isZero();
    }

    private static double share(Heard... heard) {
        return HeardPieces.share(List.of(heard), ANSWER.name());
    }

    private static Heard piece(Clip clip, int clipFromMs, int clipToMs, double share) {
        return new Heard(clip, 0, clipToMs - clipFromMs, clipFromMs, clipToMs, share);
    }
}
