package centralita.simulators.speech;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.SpeechDetector.Edge;
import centralita.simulators.speech.SpeechDetector.Sensitivity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechDetectorTest {

    @Test
    void silenceOfEitherZeroIsNeverSpeech() {
        // Given
        var detector = new SpeechDetector(Sensitivity.DEFAULT);
        var otherZero = new byte[80_000];
        java.util.Arrays.fill(otherZero, (byte) 0x7F);

        // When
        var edges = new ArrayList<>(detector.add(Mulaw.silence(10_000)));
        edges.addAll(detector.add(otherZero));

        // Then
        assertThat(edges).isEmpty();
        assertThat(detector.positionMs()).isEqualTo(20_000);
    }

    @Test
    void lineNoiseAndClicksAreNotSpeech() {
        // Given
        var detector = new SpeechDetector(Sensitivity.DEFAULT);
        var noise = noise(10_000, 120);
        for (int click = 0; click < 10; click++) {
            noise[8_000 * click] = (byte) 0x80;
        }

        // When
        var edges = detector.add(noise);

        // Then
        assertThat(edges).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 160, 333, 8_000, 100_000})
    void speechHasTheSameEdgesInChunksOfAnyLength(int chunk) {
        // Given
        var detector = new SpeechDetector(new Sensitivity(0.5, 300, 500));
        var audio = concat(Mulaw.silence(1_000), noise(1_000, 6_000), Mulaw.silence(1_000));

        // When
        var edges = new ArrayList<Edge>();
        for (int at = 0; at < audio.length; at += chunk) {
            edges.addAll(detector.add(audio, at, Math.min(chunk, audio.length - at)));
        }

        // Then
        assertThat(edges).containsExactly(new Edge.Started(700, 1_060), new Edge.Stopped(2_500, 2_000));
    }

    @Test
    void paddingNeverReachesBeforeTheFirstSample() {
        assertThat(new SpeechDetector(new Sensitivity(0.5, 300, 200)).add(noise(100, 6_000)))
                .containsExactly(new Edge.Started(0, 60));
    }

    @Test
    void aHigherThresholdWantsLouderSpeech() {
        // Given
        var murmur = noise(1_000, 900);

        // When
        var deaf = new SpeechDetector(new Sensitivity(0.9, 0, 500)).add(murmur);
        var keen = new SpeechDetector(new Sensitivity(0.2, 0, 500)).add(murmur);

        // Then
        assertThat(deaf).isEmpty();
        assertThat(keen).containsExactly(new Edge.Started(0, 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void everyRecordedCallerClipIsOneTurn(String language) {
        for (var clip : Clips.recorded().all()) {
            if (clip.speaker() == Clip.Speaker.CALLER && clip.language().equals(language)) {
                var audio = concat(Mulaw.silence(500), clip.mulaw(), Mulaw.silence(1_000));

                var edges = new SpeechDetector(Sensitivity.DEFAULT).add(audio);

                assertThat(edges).as(clip.toString()).hasSize(2);
                var stopped = (Edge.Stopped) edges.getLast();
                assertThat(stopped.lastVoiceMs())
                        .as(clip.toString())
                        .isBetween(500L + clip.lengthMs() / 2, 520L + clip.lengthMs());
            }
        }
    }

    @Test
    void humanTelephoneSpeechIsFoundAndItsEndToo() throws IOException, UnsupportedAudioFileException {
        // Given
        var folder = humanSpeech();
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "no human speech at " + folder + ": -Dspeech.folder=FOLDER names it");

        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".wav")).toList()) {
                var speech = read(file);
                var audio = concat(noise(600, 60), speech, noise(1_500, 60));

                // When
                var edges = new SpeechDetector(new Sensitivity(0.5, 0, 800)).add(audio);

                // Then
                var name = file.getFileName().toString();
                assertThat(edges).as(name).isNotEmpty();
                assertThat(((Edge.Started) edges.getFirst()).audioStartMs())
                        .as(name)
                        .isBetween(560L, 1_100L);
                assertThat(edges.getLast()).as(name).isInstanceOf(Edge.Stopped.class);
                assertThat(((Edge.Stopped) edges.getLast()).lastVoiceMs())
                        .as(name)
                        .isBetween(600L + speech.length / 16, 640L + speech.length / 8);
            }
        }
    }

    /** Recordings of people are not a part of this repository: a folder beside it, or the one that is named. */
    private static Path humanSpeech() {
        var beside = Path.of(System.getProperty("repository.root", ".."), "../shared/speech")
                .normalize();
        return Path.of(System.getProperty("speech.folder", beside.toString()));
    }

    private static byte[] read(Path wav) throws IOException, UnsupportedAudioFileException {
        try (var in = AudioSystem.getAudioInputStream(wav.toFile())) {
            var samples = ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            var mulaw = new byte[samples.remaining()];
            for (int at = 0; at < mulaw.length; at++) {
                mulaw[at] = Mulaw.fromLinear(samples.get(at));
            }
            return mulaw;
        }
    }

    static byte[] noise(int lengthMs, int amplitude) {
        var random = new Random(7);
        var noise = new byte[lengthMs * Mulaw.BYTES_PER_MS];
        for (int at = 0; at < noise.length; at++) {
            noise[at] = Mulaw.fromLinear((short) random.nextInt(-amplitude, amplitude + 1));
        }
        return noise;
    }

    static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
