package centralita.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import centralita.gateway.MediaLoop;
import centralita.gateway.session.SessionConfig;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Settings;
import centralita.recording.storage.FileRecordingStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of recording, and another that completes what it left. */
class KilledRecordingIT {
    private static final int FRAMES_BEFORE_THE_KILL = 200;
    private static final int FRAME_MS = 20;

    @TempDir
    Path folder;

    @Test
    void whoIsKilledLosesLessThanASecond() throws Exception {
        // Given
        var callId = UuidV7.next();
        var recorder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Recorder.class.getName(),
                        folder.toUri().toString(),
                        callId.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var frames = 0;
        try (var said = new BufferedReader(new InputStreamReader(recorder.getInputStream(), StandardCharsets.UTF_8))) {
            // When
            while (frames < FRAMES_BEFORE_THE_KILL && said.readLine() != null) {
                frames++;
            }
            // Half a second more, which does not count: a segment is written when the disk lets it be.
            for (var more = 0; more < 25 && said.readLine() != null; more++) {}
            recorder.destroyForcibly().waitFor();
        }
        assertThat(frames).isEqualTo(FRAMES_BEFORE_THE_KILL);
        var told = new ArrayList<CompletedRecording>();
        var storage = new FileRecordingStorage(folder);
        var completed = new RecordingAssembly(storage, told::add, Clock.systemUTC())
                .complete(callId, Integer.MAX_VALUE)
                .orElseThrow();

        // Then
        assertThat(told).isEqualTo(List.of(completed));
        assertThat(completed.durationMs()).isGreaterThan(frames * FRAME_MS - 1_000);
        assertThat(completed.gaps()).isZero();
        byte[] wav;
        try (var in = storage.read(RecordingNames.wav(callId))) {
            wav = in.readAllBytes();
        }
        for (var at = 0; at < completed.durationMs() * 8; at++) {
            assertThat(wav[WavFile.HEAD_BYTES + 2 * at]).isEqualTo(sound(at / 160));
        }
    }

    private static byte sound(int frame) {
        return (byte) (1 + frame % 100);
    }

    /** Records one call until it is killed, and says so for every frame. */
    static final class Recorder {
        public static void main(String... args) {
            var settings = Settings.of(RecordingConfig.class, Map.of("location", args[0]));
            var sessions = Settings.of(SessionConfig.class, Map.of());
            var loop = MediaLoop.on(Vertx.vertx());
            var metrics = new RecordingMetrics(new SimpleMeterRegistry());
            var vault = new RecordingVault(settings, event -> {}, metrics);
            var recordings = new Recordings(vault, metrics, loop, settings, sessions, new SimpleMeterRegistry());
            loop.run(() -> {
                var tap = Objects.requireNonNull(
                        recordings.begin(UUID.fromString(args[1]), Assistants.RECORDED, 1, null));
                var frame = new int[1];
                // By the clock of the frames: a machine that stands still for a moment makes no hole.
                var began = loop.nowMs();
                loop.every(FRAME_MS, () -> {
                    var audio = new byte[160];
                    Arrays.fill(audio, sound(frame[0]));
                    tap.caller(began + (frame[0] + 1L) * FRAME_MS, (long) frame[0] * FRAME_MS, audio, 0, audio.length);
                    frame[0]++;
                    System.out.println(frame[0]);
                });
            });
        }
    }
}
