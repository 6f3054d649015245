package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerAudioTest {
    private final CallerAudio audio = new CallerAudio(1_000, 10_000);
    private final List<Integer> heardMs = new ArrayList<>();

    private void hear(ByteBuf mulaw) {
        heardMs.add(mulaw.readableBytes() / 8);
    }

    private static ByteBuf frame() {
        return Unpooled.wrappedBuffer(new byte[160]);
    }

    @Test
    void aHoleInTheStreamIsFilledWithSilenceUpToALimit() {
        // When
        audio.offer(0, frame(), this::hear);
        audio.offer(20, frame(), this::hear);
        audio.offer(100, frame(), this::hear);
        audio.offer(60_000, frame(), this::hear);

        // Then
        assertThat(heardMs).containsExactly(20, 20, 60, 20, 10_000, 20);
        assertThat(audio.filledMs()).isEqualTo(10_060);
    }

    @Test
    void silenceThatWasAddedForAStallIsNotAddedAgainWhenTheStreamGoesOn() {
        // When
        audio.offer(0, frame(), this::hear);
        audio.fill(1_000, this::hear);
        audio.offer(1_020, frame(), this::hear);

        // Then
        assertThat(heardMs).containsExactly(20, 1_000, 20);
    }

    /** F-R7: another bridge hears what the stream brings after this moment. */
    @Test
    void theEndOfWordsThatWasFoundInAddedSilenceIsNoLaterThanWhatCame() {
        // Given
        assertThat(audio.momentMs(0)).isNegative();
        audio.offer(0, frame(), this::hear);
        audio.offer(20, frame(), this::hear);

        // When
        audio.fill(1_000, this::hear);

        // Then: half a second into it
        assertThat(audio.momentMs(500)).isEqualTo(40);
        assertThat(audio.momentMs(1_010)).isEqualTo(30);

        // When
        audio.offer(1_040, frame(), this::hear);

        // Then
        assertThat(audio.momentMs(500)).isEqualTo(560);
    }

    @Test
    void framesThatComeTwiceOrLateAddNothing() {
        // When
        audio.offer(40, frame(), this::hear);
        audio.offer(20, frame(), this::hear);
        audio.offer(60, frame(), this::hear);

        // Then
        assertThat(heardMs).containsExactly(20, 20, 20);
    }

    @Test
    void whatIsHeardOnceMoreComesFirstAndPushesNothingOut() {
        // Given
        for (var i = 0; i < 50; i++) {
            audio.offer(i * 20, frame(), audio::keep);
        }

        // When
        audio.keepFirst(new byte[] {7, 7});

        // Then
        assertThat(audio.keptBytes()).isEqualTo(8_002);
        assertThat(audio.take().getByte(0)).isEqualTo((byte) 7);
        assertThat(audio.droppedMs()).isZero();
    }

    @Test
    void whatIsKnownIsForgottenToTheFrame() {
        // Given
        for (var i = 0; i < 10; i++) {
            audio.offer(1_000 + i * 20, frame(), audio::keep);
        }

        // When
        audio.forgetBefore(1_130);

        // Then
        assertThat(audio.keptMs()).isEqualTo(80);
    }

    @Test
    void whatIsKeptHasABoundAndTheOldestGoesFirst() {
        // When
        for (var i = 0; i < 60; i++) {
            var frame = new byte[160];
            frame[0] = (byte) i;
            audio.keep(Unpooled.wrappedBuffer(frame));
        }

        // Then
        assertThat(audio.keptBytes()).isEqualTo(8_000);
        assertThat(audio.droppedMs()).isEqualTo(200);
        assertThat(audio.take().getByte(0)).isEqualTo((byte) 10);
    }
}
