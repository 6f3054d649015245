package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl.HeardItem;
import centralita.audiolink.LinkControl.PlayedItem;
import centralita.audiolink.LinkControl.Playout;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P1: a bridge dies while the assistant speaks. What it has said is heard, and the next one is told of it. */
class HandOnTest {
    private static final int AHEAD_MS = 1_000;

    private final Line line = new Line();
    private final PacedPlayback playback = new PacedPlayback(new PacedPlayback.Pace(AHEAD_MS, 200, 1_000_000), line);

    private static final class Line implements PacedPlayback.Out {
        final List<String> marks = new ArrayList<>();
        final List<HeardItem> heardToTheirEnd = new ArrayList<>();
        int bytes;

        @Override
        public boolean media(byte[] mulaw, int offset, int length) {
            bytes += length;
            return true;
        }

        @Override
        public void mark(String name) {
            marks.add(name);
        }

        @Override
        public void clear() {}

        @Override
        public void heard(int item, long heardMs, boolean toItsEnd) {
            if (toItsEnd) {
                heardToTheirEnd.add(new HeardItem(item, heardMs));
            }
        }
    }

    private void play(int item, int ms, long nowMs) {
        playback.play(item, Unpooled.wrappedBuffer(new byte[ms * PlaybackClock.BYTES_PER_MS]), nowMs);
    }

    private void allMarksReturn(long nowMs) {
        // A mark that comes back may let go of audio with another mark behind it.
        for (var i = 0; i < line.marks.size(); i++) {
            playback.markReturned(line.marks.get(i), nowMs);
        }
    }

    @Test
    void whatWasSentAndWhatWaitsIsCountedForTheNextBridge() {
        // Given: 3 s of an answer that is complete, 1 s of them sent
        play(7, 3_000, 0);
        playback.itemEnd(7, 0);

        // When
        var playout = playback.handOn(400);

        // Then
        assertThat(playout).isEqualTo(new Playout(7, List.of(new PlayedItem(7, 400, 2_600, true))));
    }

    @Test
    void anAnswerOfWhichMoreWasToComePlaysToTheEndOfWhatThereIs() {
        // Given
        play(7, 3_000, 0);

        // When
        var playout = playback.handOn(400);
        for (var nowMs = 500; nowMs <= 3_000; nowMs += 100) {
            playback.pump(nowMs);
        }
        allMarksReturn(3_000);

        // Then: the next bridge hears of its end, and a bridge after it that it was no end
        assertThat(playout).isEqualTo(new Playout(7, List.of(new PlayedItem(7, 400, 2_600, false))));
        assertThat(line.bytes).isEqualTo(3_000 * PlaybackClock.BYTES_PER_MS);
        assertThat(line.heardToTheirEnd).containsExactly(new HeardItem(7, 3_000));
        assertThat(playback.handOn(3_000)).isEqualTo(new Playout(7, List.of(new PlayedItem(7, 3_000, 0, false))));
    }

    @Test
    void whatWasHeardOrStoppedWhenNobodyWroteItDownIsToldAsWell() {
        // Given
        play(1, 400, 0);
        playback.itemEnd(1, 0);
        allMarksReturn(400);
        play(2, 900, 400);
        play(3, 900, 400);

        // When
        playback.clear(700);

        // Then
        assertThat(playback.handOn(700))
                .isEqualTo(new Playout(
                        3,
                        List.of(
                                new PlayedItem(1, 400, 0, true),
                                new PlayedItem(2, 300, 0, false),
                                new PlayedItem(3, 0, 0, false))));
    }

    @Test
    void theNextBridgesWordsFollowAndAreNumberedAfterThem() {
        // Given
        play(7, 600, 0);
        playback.handOn(200);

        // When
        play(8, 500, 300);
        playback.itemEnd(8, 300);
        allMarksReturn(1_100);

        // Then
        assertThat(line.heardToTheirEnd).containsExactly(new HeardItem(7, 600), new HeardItem(8, 500));
    }

    @Test
    void aBridgeThatCountsAnewIsHeardAndTheRestOfTheOldWordsIsForgotten() {
        // Given
        play(7, 3_000, 0);
        playback.handOn(400);

        // When
        playback.newSpeaker();
        play(1, 500, 500);
        playback.itemEnd(1, 500);
        for (var nowMs = 500; nowMs <= 2_000; nowMs += 100) {
            playback.pump(nowMs);
        }
        allMarksReturn(2_000);

        // Then
        assertThat(line.heardToTheirEnd).containsExactly(new HeardItem(1, 500));
        assertThat(playback.handOn(2_000)).isEqualTo(new Playout(1, List.of(new PlayedItem(1, 500, 0, true))));
    }
}
