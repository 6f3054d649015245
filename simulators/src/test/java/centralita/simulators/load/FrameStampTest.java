package centralita.simulators.load;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.load.FrameStamp.Leg;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameStampTest {
    private final byte[] frame = new byte[200];

    @ParameterizedTest
    @EnumSource(Leg.class)
    void whatWasWrittenIsRead(Leg leg) {
        // Given
        var stamp = new FrameStamp(leg, 1_999, 7, 123_456, -42L);

        // When
        stamp.write(frame, 17);

        // Then
        assertThat(FrameStamp.read(frame, 17, leg)).isEqualTo(stamp);
    }

    @Test
    void aFrameOfTheOtherDirectionIsNoFrame() {
        // Given
        new FrameStamp(Leg.TO_MODEL, 1, 0, 0, 5).write(frame, 0);

        // When
        var read = FrameStamp.read(frame, 0, Leg.TO_CALLER);

        // Then
        assertThat(read).isNull();
    }

    static IntStream everyByte() {
        return IntStream.range(0, FrameStamp.FRAME_BYTES);
    }

    @ParameterizedTest
    @MethodSource("everyByte")
    void noByteCanChangeUnnoticed(int at) {
        // Given
        new FrameStamp(Leg.TO_MODEL, 3, 0, 9, 5).write(frame, 0);

        // When
        frame[at] ^= 0x10;

        // Then
        assertThat(FrameStamp.read(frame, 0, Leg.TO_MODEL)).isNull();
    }
}
