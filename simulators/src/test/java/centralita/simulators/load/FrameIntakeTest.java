package centralita.simulators.load;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.load.FrameIntake.Account;
import centralita.simulators.load.FrameStamp.Leg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameIntakeTest {
    private static final int CALL = 5;
    private static final boolean[] NOBODY = {false};

    private final List<Integer> arrived = new ArrayList<>();
    private final FrameIntake intake =
            new FrameIntake(Leg.TO_MODEL, FrameIntake.UNKNOWN, (stamp, now) -> arrived.add(stamp.sequence()));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 159, 160, 161, 320, 1000})
    void framesAreFoundInPiecesOfAnyLength(int piece) {
        // Given
        byte[] audio = audio(CALL, 0, 1, 2, 3, 4, 5);

        // When
        for (int at = 0; at < audio.length; at += piece) {
            intake.accept(audio, at, Math.min(piece, audio.length - at), 0);
        }

        // Then
        assertThat(arrived).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(intake.balance(new int[] {6}, NOBODY)).isEqualTo(new Account(6, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void framesBeforeTheFirstAreUnheardAndLaterGapsAreLost() {
        // When
        take(audio(CALL, 3, 4, 7, 8));

        // Then
        assertThat(intake.balance(new int[] {11}, NOBODY)).isEqualTo(new Account(4, 3, 4, 0, 0, 0, 0));
    }

    @Test
    void aChangedFrameIsCorruptedAndNotAlsoLost() {
        // Given
        byte[] audio = audio(CALL, 0, 1, 2);
        audio[160 + 77] ^= 1;

        // When
        take(audio);

        // Then
        assertThat(intake.balance(new int[] {3}, NOBODY)).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void halfAFrameThatIsMissingCostsThatFrameAlone() {
        // Given
        byte[] whole = audio(CALL, 0, 1, 2, 3);
        byte[] cut = new byte[whole.length - 60];
        System.arraycopy(whole, 0, cut, 0, 200);
        System.arraycopy(whole, 260, cut, 200, whole.length - 260);

        // When
        take(cut);

        // Then
        assertThat(arrived).containsExactly(0, 2, 3);
        assertThat(intake.balance(new int[] {4}, NOBODY)).isEqualTo(new Account(3, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void somebodyElsesFrameIsCrossed() {
        // When
        take(audio(CALL, 0));
        take(audio(CALL + 1, 1));
        take(audio(CALL, 1));

        // Then
        assertThat(intake.balance(new int[] {2}, NOBODY)).isEqualTo(new Account(2, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void aFrameThatComesTwiceIsDisordered() {
        // When
        take(audio(CALL, 0, 1, 1, 2));

        // Then
        assertThat(intake.balance(new int[] {3}, NOBODY)).isEqualTo(new Account(3, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void silenceThatTheRelayPutInIsNeitherLossNorDamage() {
        // Given
        byte[] silence = new byte[400];
        Arrays.fill(silence, (byte) 0xFF);

        // When
        take(audio(CALL, 0));
        take(silence);
        take(audio(CALL, 1));

        // Then
        assertThat(intake.balance(new int[] {2}, NOBODY)).isEqualTo(new Account(2, 0, 0, 0, 0, 0, 400));
    }

    @Test
    void theTailOfAnInterruptedAnswerIsCutAndNotLost() {
        // Given
        var caller = new FrameIntake(Leg.TO_CALLER, CALL, (stamp, now) -> {});
        byte[] audio = new byte[4 * FrameStamp.FRAME_BYTES];
        new FrameStamp(Leg.TO_CALLER, CALL, 1, 0, 0).write(audio, 0);
        new FrameStamp(Leg.TO_CALLER, CALL, 1, 1, 0).write(audio, 160);
        new FrameStamp(Leg.TO_CALLER, CALL, 2, 0, 0).write(audio, 320);
        new FrameStamp(Leg.TO_CALLER, CALL, 2, 1, 0).write(audio, 480);

        // When
        caller.accept(audio, 0, audio.length, 0);

        // Then
        int[] sent = {0, 9, 3};
        assertThat(caller.balance(sent, new boolean[] {false, true, false}))
                .isEqualTo(new Account(4, 0, 1, 0, 0, 0, 0));
        assertThat(caller.balance(sent, new boolean[] {false, false, false}))
                .isEqualTo(new Account(4, 0, 8, 0, 0, 0, 0));
    }

    private void take(byte[] audio) {
        intake.accept(audio, 0, audio.length, 0);
    }

    private static byte[] audio(int call, int... sequences) {
        byte[] audio = new byte[sequences.length * FrameStamp.FRAME_BYTES];
        for (int i = 0; i < sequences.length; i++) {
            new FrameStamp(Leg.TO_MODEL, call, 0, sequences[i], 1).write(audio, i * FrameStamp.FRAME_BYTES);
        }
        return audio;
    }
}
