package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl.HeardItem;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The playback clock and its pacing, against a network and a provider that are reckoned, not waited for. */
class PlaybackClockTest {
    /**
     * A provider as Twilio is: plays what it has at the pace of the clock, returns marks when they are reached, forgets
     * everything on {@code clear}. The way there and back takes {@code downMs}/{@code upMs} and up to {@code jitterMs}
     * more; nothing overtakes.
     */
    private static final class Line implements PacedPlayback.Out {
        private final int downMs;
        private final int upMs;
        private final int jitterMs;
        private final Random random;
        private final ArrayDeque<Arrival> down = new ArrayDeque<>();
        private final ArrayDeque<Arrival> up = new ArrayDeque<>();
        private final ArrayDeque<Object> buffer = new ArrayDeque<>();
        private final List<List<Object>> reports = new ArrayList<>();
        private long nowMs;
        private long playedBytes;
        private long sentBytes;
        private long mostAheadBytes;
        private long clearedAtBytes = -1;
        private boolean stuck;

        /** @param what bytes (Integer), a mark (String) or "clear" */
        private record Arrival(long atMs, Object what) {}

        Line(int downMs, int upMs, int jitterMs, long seed) {
            this.downMs = downMs;
            this.upMs = upMs;
            this.jitterMs = jitterMs;
            this.random = new Random(seed);
        }

        private void send(ArrayDeque<Arrival> way, int delayMs, Object what) {
            var at = nowMs + delayMs + (jitterMs == 0 ? 0 : random.nextInt(jitterMs));
            var last = way.peekLast();
            way.add(new Arrival(last == null ? at : Math.max(at, last.atMs), what));
        }

        @Override
        public boolean media(byte[] mulaw, int offset, int length) {
            if (stuck) {
                return false;
            }
            sentBytes += length;
            mostAheadBytes = Math.max(mostAheadBytes, sentBytes - playedBytes);
            send(down, downMs, length);
            return true;
        }

        @Override
        public void mark(String name) {
            send(down, downMs, name);
        }

        @Override
        public void clear() {
            send(down, downMs, "clear");
        }

        @Override
        public void heard(int item, long heardMs, boolean toItsEnd) {
            reports.add(List.of(item, heardMs, toItsEnd));
        }

        /** Lets a millisecond pass: what arrives arrives, then eight bytes are played. */
        void pass(PacedPlayback playback) {
            nowMs++;
            while (!down.isEmpty() && down.peek().atMs <= nowMs) {
                var what = down.remove().what;
                if (what.equals("clear")) {
                    clearedAtBytes = playedBytes;
                    buffer.stream().filter(String.class::isInstance).forEach(mark -> send(up, upMs, mark));
                    buffer.clear();
                } else {
                    buffer.add(what);
                }
            }
            var left = PlaybackClock.BYTES_PER_MS;
            while (!buffer.isEmpty()) {
                var head = buffer.peek();
                if (head instanceof String mark) {
                    buffer.remove();
                    send(up, upMs, mark);
                    continue;
                }
                if (left == 0) {
                    break;
                }
                var bytes = (Integer) buffer.remove();
                var taken = Math.min(left, bytes);
                left -= taken;
                playedBytes += taken;
                if (bytes > taken) {
                    buffer.addFirst(bytes - taken);
                }
            }
            while (!up.isEmpty() && up.peek().atMs <= nowMs) {
                playback.markReturned((String) up.remove().what, nowMs);
            }
            if (nowMs % 40 == 0) {
                playback.pump(nowMs);
            }
        }

        void pass(PacedPlayback playback, int ms) {
            for (var i = 0; i < ms; i++) {
                pass(playback);
            }
        }
    }

    private static final PacedPlayback.Pace PACE = new PacedPlayback.Pace(5000, 200, 2 << 20);

    private static void play(PacedPlayback playback, int item, int ms, long nowMs) {
        assertThat(playback.play(item, Unpooled.wrappedBuffer(new byte[ms * 8]), nowMs))
                .isTrue();
    }

    static Stream<Arguments> networks() {
        return IntStream.of(0, 10, 40, 150)
                .boxed()
                .flatMap(down -> IntStream.of(0, 10, 40, 150)
                        .boxed()
                        .flatMap(up -> IntStream.of(0, 20, 30).boxed().map(jitter -> Arguments.of(down, up, jitter))));
    }

    @ParameterizedTest(name = "down {0} ms, up {1} ms, jitter {2} ms")
    @MethodSource("networks")
    void anInterruptionKnowsWhatWasHeardToWithin40Ms(int downMs, int upMs, int jitterMs) {
        for (var seed = 0; seed < 25; seed++) {
            // Given: a model that sends faster than real time, after another item that was heard to its end
            var line = new Line(downMs, upMs, jitterMs, seed);
            var playback = new PacedPlayback(PACE, line);
            play(playback, 1, 700, line.nowMs);
            playback.itemEnd(1, line.nowMs);
            line.pass(playback, 700 + downMs + upMs + 4 * jitterMs + 400);
            var before = line.playedBytes;
            for (var delta = 0; delta < 20; delta++) {
                play(playback, 2, 300, line.nowMs);
                line.pass(playback, 60);
            }
            line.pass(playback, 37 * (seed + 1));

            // When
            var heard = playback.clear(line.nowMs);
            line.pass(playback, downMs + upMs + 3 * jitterMs + 10);

            // Then
            var truth = (line.clearedAtBytes - before) / PlaybackClock.BYTES_PER_MS;
            assertThat(heard).hasSize(1);
            assertThat(heard.getFirst().item()).isEqualTo(2);
            assertThat(heard.getFirst().heardMs()).isBetween(truth - 40, truth + 40);
            assertThat(line.reports).contains(List.of(1, 700L, true));
            assertThat(line.reports).noneMatch(report -> report.equals(List.of(2, 6000L, true)));
        }
    }

    @Test
    void everyItemThatWasNotHeardToItsEndIsInTheAnswerToAClear() {
        // Given: 3 items of 3 s, of which 5 s may be sent
        var line = new Line(0, 0, 0, 0);
        var playback = new PacedPlayback(PACE, line);
        for (var item = 1; item <= 3; item++) {
            play(playback, item, 3000, 0);
            playback.itemEnd(item, 0);
        }
        line.pass(playback, 3500);

        // When
        var heard = playback.clear(line.nowMs);

        // Then
        assertThat(heard).containsExactly(new HeardItem(2, 500), new HeardItem(3, 0));
        assertThat(line.reports).contains(List.of(1, 3000L, true));
    }

    @Test
    void marksThatAClearSendsBackCountForNothing() {
        // Given
        var line = new Line(20, 20, 0, 0);
        var playback = new PacedPlayback(PACE, line);
        play(playback, 1, 2000, 0);
        playback.itemEnd(1, 0);
        line.pass(playback, 500);
        playback.clear(line.nowMs);
        line.reports.clear();

        // When
        line.pass(playback, 3000);

        // Then
        assertThat(line.reports).isEmpty();
        play(playback, 2, 200, line.nowMs);
        playback.itemEnd(2, line.nowMs);
        line.pass(playback, 300);
        assertThat(line.reports).containsExactly(List.of(2, 200L, true));
    }

    @Test
    void neverMoreThanThePaceIsSentAheadAndNothingIsLost() {
        // Given: F-O7: 60 s at once
        var line = new Line(30, 30, 10, 1);
        var playback = new PacedPlayback(PACE, line);

        // When
        play(playback, 1, 60_000, 0);
        playback.itemEnd(1, 0);
        line.pass(playback, 61_000);

        // Then: ahead of the ear by the pace, and the way there
        assertThat(line.mostAheadBytes).isBetween(39_000L, (5000 + 200) * 8L);
        assertThat(line.playedBytes).isEqualTo(480_000);
        assertThat(line.reports.getLast()).isEqualTo(List.of(1, 60_000L, true));
        assertThat(playback.silent(line.nowMs, 0)).isTrue();
    }

    @Test
    void aProviderThatReturnsNoMarksHearsEverythingAllTheSame() {
        // Given
        var line = new Line(30, 1_000_000, 0, 1);
        var playback = new PacedPlayback(PACE, line);

        // When
        play(playback, 1, 20_000, 0);
        line.pass(playback, 20_500);

        // Then
        assertThat(line.playedBytes).isEqualTo(160_000);
        assertThat(playback.heardSoFar(line.nowMs)).containsExactly(new HeardItem(1, 20_000));
        assertThat(playback.silent(line.nowMs + 3000, 2000)).isTrue();
    }

    @Test
    void aSlowModelsPausesAreNotTakenForSpeech() {
        // Given: deltas of 100 ms every 300 ms: the caller hears gaps
        var line = new Line(25, 25, 0, 1);
        var playback = new PacedPlayback(PACE, line);
        for (var i = 0; i < 10; i++) {
            play(playback, 1, 100, line.nowMs);
            line.pass(playback, 300);
        }

        // When
        play(playback, 1, 100, line.nowMs);
        line.pass(playback, 60);
        var heard = playback.clear(line.nowMs);
        line.pass(playback, 60);

        // Then
        assertThat(heard.getFirst().heardMs()).isBetween(line.clearedAtBytes / 8 - 5, line.clearedAtBytes / 8 + 5);
    }

    @Test
    void moreThanMayWaitIsRefused() {
        // Given
        var line = new Line(0, 0, 0, 0);
        var playback = new PacedPlayback(new PacedPlayback.Pace(1000, 200, 16_000), line);

        // When
        play(playback, 1, 1000, 0);
        play(playback, 1, 2000, 0);
        var taken = playback.play(1, Unpooled.wrappedBuffer(new byte[8]), 0);

        // Then
        assertThat(taken).isFalse();
    }

    @Test
    void whatComesOfACutItemIsNotHeardAndTheNextOneIs() {
        // Given: F-O7
        var line = new Line(0, 0, 0, 0);
        var playback = new PacedPlayback(new PacedPlayback.Pace(1000, 200, 16_000), line);
        play(playback, 1, 1000, 0);
        play(playback, 1, 2000, 0);
        playback.play(1, Unpooled.wrappedBuffer(new byte[8]), 0);
        line.pass(playback, 4_000);

        // When: there is room again
        var taken = playback.play(1, Unpooled.wrappedBuffer(new byte[8_000]), line.nowMs);
        playback.itemEnd(1, line.nowMs);
        line.pass(playback, 6_000);

        // Then
        assertThat(taken).isTrue();
        assertThat(line.playedBytes).isEqualTo(24_000);

        // When
        play(playback, 2, 1000, line.nowMs);
        line.pass(playback, 8_000);

        // Then
        assertThat(line.playedBytes).isEqualTo(32_000);
    }

    @Test
    void aSocketThatTakesNothingLosesNothing() {
        // Given: F-R2
        var line = new Line(0, 0, 0, 0);
        var playback = new PacedPlayback(PACE, line);
        line.stuck = true;
        play(playback, 1, 1000, 0);
        line.pass(playback, 500);

        // When
        line.stuck = false;
        line.pass(playback, 1200);

        // Then
        assertThat(line.playedBytes).isEqualTo(8000);
    }

    @Test
    void audioOfAnItemThatAnotherHasFollowedIsDropped() {
        // Given
        var line = new Line(0, 0, 0, 0);
        var playback = new PacedPlayback(PACE, line);
        play(playback, 2, 100, 0);

        // When
        play(playback, 1, 100, 0);
        line.pass(playback, 300);

        // Then
        assertThat(line.playedBytes).isEqualTo(800);
    }
}
