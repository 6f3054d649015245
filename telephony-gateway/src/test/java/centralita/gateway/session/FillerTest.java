package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl.HeardItem;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P1: what fills a silence is heard and counts for nothing. */
class FillerTest {
    private final Line line = new Line();
    private final PacedPlayback playback = new PacedPlayback(new PacedPlayback.Pace(5_000, 200, 1_000_000), line, null);

    private static final class Line implements PacedPlayback.Out {
        final List<String> marks = new ArrayList<>();
        final List<List<Object>> heard = new ArrayList<>();
        int bytes;
        int clears;

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
        public void clear() {
            clears++;
        }

        @Override
        public void heard(int item, long heardMs, boolean toItsEnd) {
            heard.add(List.of(item, heardMs, toItsEnd));
        }

        int takeMs() {
            var ms = bytes / PlaybackClock.BYTES_PER_MS;
            bytes = 0;
            return ms;
        }
    }

    @Test
    void itWaitsForTheLastWordAndIsNeverFarAhead() {
        // Given
        play(1, 400, 0);
        playback.itemEnd(1, 0);
        line.takeMs();

        // When
        playback.fillSilence(100, 10_000);
        var early = line.takeMs();
        playback.pump(400);
        var begun = line.takeMs();
        playback.pump(440);
        var later = line.takeMs();

        // Then
        assertThat(List.of(early, begun, later)).isEqualTo(List.of(0, 160, 40));
    }

    @Test
    void theNextWordEndsItAndIsHeardAsLongAsItIs() {
        // Given
        play(1, 400, 0);
        playback.itemEnd(1, 0);
        playback.fillSilence(0, 10_000);
        playback.pump(1_000);
        line.takeMs();

        // When
        play(2, 600, 1_100);
        playback.itemEnd(2, 1_100);
        playback.pump(1_200);
        var sent = line.takeMs();
        returnMarks(2_000);

        // Then
        assertThat(sent).isEqualTo(600);
        assertThat(line.heard).contains(List.of(1, 400L, true));
        assertThat(line.heard.getLast()).isEqualTo(List.of(2, 600L, true));
    }

    @Test
    void anItemThatStalledAndGoesOnIsCountedWithoutWhatFilledTheGap() {
        // Given: 400 ms of an item, a second of filler, and the rest of the item
        play(1, 400, 0);
        playback.fillSilence(400, 10_000);
        for (var now = 400; now <= 1_400; now += 40) {
            playback.pump(now);
        }
        line.takeMs();
        play(1, 600, 1_400);
        assertThat(line.takeMs()).isEqualTo(600);

        // When: 300 ms of the rest were heard; the filler before it was up to 160 ms ahead
        var heard = playback.heardSoFar(1_400 + 160 + 300);

        // Then
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().item()).isEqualTo(1);
        assertThat(heard.getFirst().heardMs()).isBetween(680L, 720L);

        // When
        playback.itemEnd(1, 1_900);
        returnMarks(3_000);

        // Then
        assertThat(line.heard.getLast()).isEqualTo(List.of(1, 1_000L, true));
        assertThat(playback.heardSoFar(3_000)).isEmpty();
    }

    @Test
    void aClearEndsItAndReportsNothingOfIt() {
        // Given
        playback.fillSilence(0, 10_000);
        line.takeMs();

        // When
        var items = playback.clear(200);
        playback.pump(400);

        // Then
        assertThat(items).isEqualTo(List.<HeardItem>of());
        assertThat(line.takeMs()).isZero();
        assertThat(line.clears).isEqualTo(1);
    }

    @Test
    void itIsBounded() {
        // When
        playback.fillSilence(0, 1_000);
        for (var now = 0; now < 5_000; now += 40) {
            playback.pump(now);
        }

        // Then
        assertThat(line.takeMs()).isBetween(1_000, 1_160);
        assertThat(playback.waiting()).isFalse();
    }

    private void play(int item, int ms, long nowMs) {
        playback.play(item, Unpooled.wrappedBuffer(new byte[ms * PlaybackClock.BYTES_PER_MS]), nowMs);
    }

    private void returnMarks(long nowMs) {
        List.copyOf(line.marks).forEach(name -> playback.markReturned(name, nowMs));
    }
}
