package centralita.simulators.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuietStampsTest {
    private static final QuietStamp FIRST = new QuietStamp(7, 41, 3);
    private static final QuietStamp SECOND = new QuietStamp(-1, Integer.MAX_VALUE, Integer.MIN_VALUE);

    @Test
    void aStampSoundsLikeSilence() {
        // When
        var frame = SECOND.frame();

        // Then
        for (byte sample : frame) {
            assertThat(Mulaw.toLinear(sample)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 80, 159, 160, 161, 1_000})
    void stampsAreFoundBetweenOtherAudioWhateverPiecesItComesIn(int pieceBytes) {
        // Given
        var speech = Clips.recorded().get("en", "hello").mulaw();
        var silence = new byte[333];
        Arrays.fill(silence, Mulaw.SILENCE);
        var audio = joined(silence, FIRST.frame(), speech, SECOND.frame(), silence, FIRST.frame());

        // When
        var found = found(audio, pieceBytes);

        // Then
        assertThat(found).containsExactly(FIRST, SECOND, FIRST);
    }

    @Test
    void aStampOfWhichASampleWasChangedIsNone() {
        // Given
        var broken = FIRST.frame();
        broken[100] = (byte) (broken[100] == Mulaw.SILENCE ? 0x7F : Mulaw.SILENCE);

        // When
        var found = found(joined(broken, SECOND.frame()), 160);

        // Then
        assertThat(found).containsExactly(SECOND);
    }

    @Test
    void aStampThatWasCutIsNoneAndTheNextIsFound() {
        // Given
        var cut = Arrays.copyOf(FIRST.frame(), 90);

        // When
        var found = found(joined(cut, SECOND.frame()), 160);

        // Then
        assertThat(found).containsExactly(SECOND);
    }

    private static List<QuietStamp> found(byte[] audio, int pieceBytes) {
        var found = new ArrayList<QuietStamp>();
        var stamps = new QuietStamps();
        for (int at = 0; at < audio.length; at += pieceBytes) {
            var piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + pieceBytes));
            stamps.accept(piece, piece.length, found::add);
        }
        return found;
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
