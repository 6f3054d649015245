package centralita.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One stream as two channels, with the time told by the test: stream and loop begin together at 1000 ms. */
class StereoTrackTest {
    private static final long OPENED = 1_000;
    private static final byte NOTHING = StereoTrack.SILENCE;

    private final Tape tape = new Tape();
    private final StereoTrack track = new StereoTrack(new StereoTrack.Shape(500, 1_000, 5_000), OPENED, tape);

    private static final class Tape implements StereoTrack.Sink {
        private final List<Long> starts = new ArrayList<>();
        private final List<byte[]> segments = new ArrayList<>();
        private int misfits;

        @Override
        public void segment(long startMs, byte[] stereo) {
            starts.add(startMs);
            segments.add(stereo);
        }

        @Override
        public void misfit(int samples) {
            misfits += samples;
        }

        /** One channel, a byte for each millisecond: its eight samples are all alike. */
        private byte[] channel(int which) {
            var out = new ByteArrayOutputStream();
            for (var segment : segments) {
                for (var ms = 0; ms < segment.length / 16; ms++) {
                    var sample = segment[ms * 16 + which];
                    for (var i = 1; i < 8; i++) {
                        assertThat(segment[ms * 16 + i * 2 + which]).isEqualTo(sample);
                    }
                    out.write(sample);
                }
            }
            return out.toByteArray();
        }

        byte[] left() {
            return channel(0);
        }

        byte[] right() {
            return channel(1);
        }
    }

    /** The caller speaks frames of 20 ms that begin in a span of stream time; each comes when it ends. */
    private void callerSpeaks(long fromMs, long untilMs, int sound) {
        for (var ms = fromMs; ms < untilMs; ms += 20) {
            frame(ms, OPENED + ms + 20, sound);
        }
    }

    private void frame(long stampMs, long nowMs, int sound) {
        track.caller(nowMs, stampMs, audio(20, sound), 0, 160);
    }

    private void assistantSpeaks(long fromMs, int lengthMs, int sound) {
        track.assistant((OPENED + fromMs) * 8, audio(lengthMs, sound), 0, lengthMs * 8);
    }

    private void end(long atMs) {
        track.ended(OPENED + atMs, (OPENED + atMs) * 8);
    }

    private static byte[] audio(int lengthMs, int sound) {
        var audio = new byte[lengthMs * 8];
        Arrays.fill(audio, (byte) sound);
        return audio;
    }

    /** Milliseconds of one sound after another: length, sound, length, sound … */
    private static byte[] sounds(int... lengthsAndSounds) {
        var out = new ByteArrayOutputStream();
        for (var i = 0; i < lengthsAndSounds.length; i += 2) {
            for (var ms = 0; ms < lengthsAndSounds[i]; ms++) {
                out.write(lengthsAndSounds[i + 1]);
            }
        }
        return out.toByteArray();
    }

    @Test
    void bothChannelsLieWhereTheyWereHeard() {
        // When
        callerSpeaks(0, 600, 1);
        assistantSpeaks(600, 400, 2);
        callerSpeaks(600, 1_500, 3);
        end(1_500);

        // Then
        assertThat(tape.starts).isEqualTo(List.of(0L, 500L, 1_000L));
        assertThat(tape.left()).isEqualTo(sounds(600, 1, 900, 3));
        assertThat(tape.right()).isEqualTo(sounds(600, NOTHING, 400, 2, 500, NOTHING));
        assertThat(tape.misfits).isZero();
    }

    @Test
    void whatWasClearedIsNotRecorded() {
        // Given: three seconds were sent, and playback is stopped after one
        callerSpeaks(0, 500, 1);
        assistantSpeaks(500, 2_000, 2);
        assistantSpeaks(2_500, 1_000, 2);
        callerSpeaks(500, 1_500, 1);

        // When
        track.cleared((OPENED + 1_500) * 8);
        assistantSpeaks(1_600, 200, 4);
        callerSpeaks(1_500, 4_000, 1);
        end(4_000);

        // Then
        assertThat(tape.right()).isEqualTo(sounds(500, NOTHING, 1_000, 2, 100, NOTHING, 200, 4, 2_200, NOTHING));
    }

    @Test
    void whatTheCallerDidNotStayForIsNotRecorded() {
        // Given
        callerSpeaks(0, 1_000, 1);
        assistantSpeaks(1_000, 3_000, 2);
        callerSpeaks(1_000, 1_300, 1);

        // When
        end(1_300);

        // Then
        assertThat(tape.right()).isEqualTo(sounds(1_000, NOTHING, 300, 2));
    }

    @Test
    void aHoleInTheCallersAudioIsSilence() {
        // When
        callerSpeaks(0, 300, 1);
        callerSpeaks(700, 1_000, 1);
        end(1_000);

        // Then
        assertThat(tape.left()).isEqualTo(sounds(300, 1, 400, NOTHING, 300, 1));
    }

    @Test
    void framesThatTheNetworkHeldBackLieWhereTheyBelong() {
        // Given
        callerSpeaks(0, 500, 1);

        // When: nothing for 900 ms, then all of it at once
        track.tick(OPENED + 1_400);
        for (var ms = 500; ms < 1_400; ms += 20) {
            frame(ms, OPENED + 1_400, 2);
        }
        callerSpeaks(1_400, 2_000, 3);
        end(2_000);

        // Then
        assertThat(tape.left()).isEqualTo(sounds(500, 1, 900, 2, 600, 3));
        assertThat(tape.misfits).isZero();
    }

    @Test
    void framesThatAreTooLateAreCountedAndTheRestGoesOn() {
        // Given: the patience is one second
        callerSpeaks(0, 500, 1);
        track.tick(OPENED + 4_000);

        // When
        for (var ms = 500; ms < 4_000; ms += 20) {
            frame(ms, OPENED + 4_000, 2);
        }
        callerSpeaks(4_000, 4_500, 3);
        end(4_500);

        // Then: what was cut as silence stays silence
        assertThat(tape.left()).isEqualTo(sounds(500, 1, 2_000, NOTHING, 1_500, 2, 500, 3));
        assertThat(tape.misfits).isEqualTo(2_000 * 8);
    }

    @Test
    void aSegmentIsCutSoonAfterItsTimeSoThatACrashLosesLittle() {
        // When
        callerSpeaks(0, 700, 1);

        // Then
        assertThat(tape.starts).isEqualTo(List.of(0L));
    }

    @Test
    void aCallerWhoSendsNothingIsRecordedAsSilenceAllTheSame() {
        // Given
        assistantSpeaks(0, 1_000, 2);

        // When
        track.tick(OPENED + 2_800);

        // Then
        assertThat(tape.starts).isEqualTo(List.of(0L, 500L, 1_000L));
        assertThat(tape.left()).isEqualTo(sounds(1_500, NOTHING));
        assertThat(tape.right()).isEqualTo(sounds(1_000, 2, 500, NOTHING));
    }

    @Test
    void aPauseIsSilentOnBothChannels() {
        // Given
        callerSpeaks(0, 600, 1);
        assistantSpeaks(600, 1_400, 2);

        // When
        track.pause(OPENED + 600);
        callerSpeaks(600, 1_200, 1);
        track.resume(OPENED + 1_200);
        callerSpeaks(1_200, 2_000, 1);
        end(2_000);

        // Then
        assertThat(tape.left()).isEqualTo(sounds(600, 1, 600, NOTHING, 800, 1));
        assertThat(tape.right()).isEqualTo(sounds(1_200, NOTHING, 800, 2));
    }

    @Test
    void aStampFromAnotherWorldDoesNotTearTheRecordingApart() {
        // Given: F-R2: whatever a peer sends, memory and files are bounded
        callerSpeaks(0, 500, 1);

        // When
        frame(Long.MAX_VALUE / 16, OPENED + 520, 2);
        frame(Long.MAX_VALUE / 16 + 20, OPENED + 540, 2);
        end(540);

        // Then
        assertThat(tape.left()).isEqualTo(sounds(500, 1, 40, 2));
    }

    @Test
    void aStreamThatBeginsWithoutAudioAndEndsAtOnceLeavesNothing() {
        // When
        end(0);

        // Then
        assertThat(tape.segments).isEmpty();
    }

    @Test
    void aStreamsDelayDoesNotShiftTheAssistant() {
        // Given: the way to us takes 100 ms at best, and 150 for the first frame
        frame(0, OPENED + 170, 1);
        for (var ms = 20; ms < 1_000; ms += 20) {
            frame(ms, OPENED + ms + 120, 1);
        }

        // When: the assistant begins to sound just when the frame of 980 ms has come
        assistantSpeaks(1_100, 400, 2);
        for (var ms = 1_000; ms < 2_000; ms += 20) {
            frame(ms, OPENED + ms + 120, 1);
        }
        end(2_100);

        // Then: it lies where the caller's frames of that moment lie
        var left = tape.left();
        var began = new String(tape.right(), StandardCharsets.ISO_8859_1).indexOf(2);
        var first = new String(left, StandardCharsets.ISO_8859_1).indexOf(1);
        assertThat(began - first).isEqualTo(1_000);
    }
}
