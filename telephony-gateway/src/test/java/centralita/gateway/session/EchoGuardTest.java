package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.speech.SpeechDetector;
import centralita.simulators.speech.SpeechDetector.Edge;
import centralita.simulators.speech.SpeechDetector.Sensitivity;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded speech on both ends, an echo path made by arithmetic, and a speech detector that knows nothing of either. */
class EchoGuardTest {
    private static final int FRAME = 160;
    private static final long START_MS = 1_000_000;

    private final EchoGuard guard = new EchoGuard();

    private static byte[] clip(String name) {
        return Clips.recorded().get("en", name).mulaw();
    }

    /** A microphone that hears a loudspeaker in a room, a voice from a time on, and some noise. */
    private static short[] microphone(byte[] far, int delayMs, double gainDb, byte[] voice, int voiceAtMs, int seed) {
        var random = new Random(seed);
        var out = new short[far.length + 8 * (delayMs + 200)];
        var gain = Math.pow(10, gainDb / 20);
        for (var n = 0; n < out.length; n++) {
            double value = random.nextGaussian() * 20;
            if (gainDb > -90) {
                value += gain
                        * (at(far, n - 8 * delayMs) * 0.9
                                + at(far, n - 8 * delayMs - 90) * 0.3
                                + at(far, n - 8 * delayMs - 350) * 0.15);
            }
            var spoken = n - 8 * voiceAtMs;
            if (spoken >= 0 && spoken < voice.length) {
                value += Mulaw.toLinear(voice[spoken]);
            }
            out[n] = (short) Math.clamp(Math.round(value), -32_000, 32_000);
        }
        return out;
    }

    private static int at(byte[] audio, int n) {
        return n < 0 || n >= audio.length ? 0 : Mulaw.toLinear(audio[n]);
    }

    /** Plays one side and hears the other. @return what is let through, frame by frame */
    private byte[] guarded(byte[] far, short[] near) {
        var through = new byte[near.length / FRAME * FRAME];
        for (var from = 0; from + FRAME <= near.length; from += FRAME) {
            var nowMs = START_MS + from / 8;
            if (from + FRAME <= far.length) {
                // Sent as it plays: the clock says when it sounds.
                guard.plays(nowMs, far, from, FRAME);
            }
            for (var n = from; n < from + FRAME; n++) {
                through[n] = Mulaw.fromLinear(near[n]);
            }
            if (guard.isEcho(nowMs, through, from, FRAME)) {
                Arrays.fill(through, from, from + FRAME, Mulaw.SILENCE);
            }
        }
        return through;
    }

    private static long speechMs(byte[] audio, int fromMs) {
        var detector = new SpeechDetector(Sensitivity.DEFAULT);
        long startMs = -1;
        long ms = 0;
        for (var edge : detector.add(Arrays.copyOfRange(audio, Math.min(audio.length, fromMs * 8), audio.length))) {
            switch (edge) {
                case Edge.Started started -> startMs = started.detectedAtMs();
                case Edge.Stopped stopped -> {
                    ms += stopped.lastVoiceMs() - startMs;
                    startMs = -1;
                }
            }
        }
        return startMs < 0 ? ms : ms + detector.positionMs() - startMs;
    }

    private static byte[] unguarded(short[] near) {
        var audio = new byte[near.length];
        for (var n = 0; n < near.length; n++) {
            audio[n] = Mulaw.fromLinear(near[n]);
        }
        return audio;
    }

    @ParameterizedTest(name = "delay {0} ms, {1} dB")
    @CsvSource({
        "40, -12", "120, -12", "240, -12", "400, -12",
        "40, -18", "120, -18", "240, -18", "400, -18",
        "60, -15", "133, -15", "327, -15", "480, -15"
    })
    void ourOwnSoundIsNoSpeechOfTheCaller(int delayMs, double gainDb) {
        // Given
        var far = clip("long-answer");
        var near = microphone(far, delayMs, gainDb, new byte[0], 0, 1);

        // When
        var through = guarded(far, near);

        // Then
        assertThat(speechMs(unguarded(near), 0)).isGreaterThan(5_000);
        assertThat(speechMs(through, 0)).isZero();
    }

    @ParameterizedTest(name = "delay {0} ms, {1} dB")
    @CsvSource({"40, -6", "160, -6", "320, -6", "480, -6", "120, -3"})
    void aLoudEchoIsKnownAfterASecond(int delayMs, double gainDb) {
        // Given
        var far = clip("long-answer");
        var near = microphone(far, delayMs, gainDb, new byte[0], 0, 2);

        // When
        var through = guarded(far, near);

        // Then
        assertThat(speechMs(unguarded(near), 1_000)).isGreaterThan(3_000);
        assertThat(speechMs(through, 1_000)).isZero();
    }

    @ParameterizedTest(name = "{0}, echo {1} dB")
    @CsvSource({
        "stop-wait, -96",
        "stop-wait, -24",
        "stop-wait, -18",
        "stop-wait, -12",
        "hello, -96",
        "hello, -18",
        "hello, -6",
        "a-person-please, -6",
        "what-time, -18",
        "a-person-please, -12",
        "thank-you-goodbye, -24"
    })
    void aCallerWhoSpeaksOverItIsHeard(String voice, double gainDb) {
        // Given: four seconds in, the caller speaks
        var far = clip("long-answer");
        var spoken = clip(voice);
        var near = microphone(far, 160, gainDb, spoken, 4_000, 3);

        // When
        var through = guarded(far, near);

        // Then
        var voiceMs = speechMs(spoken, 0);
        var heardMs =
                speechMs(Arrays.copyOf(through, Math.min(through.length, 8 * 4_000 + spoken.length + 8 * 600)), 3_900);
        assertThat(heardMs).isGreaterThan(voiceMs * 7 / 10);
    }

    @ParameterizedTest
    @CsvSource({"0", "300", "900"})
    void aCallerIsHeardFromTheFirstWordOfACall(int voiceAtMs) {
        // Given: no echo at all, nothing learned
        var far = clip("greeting");
        var spoken = clip("hello");
        var near = microphone(far, 0, -96, spoken, voiceAtMs, 4);

        // When
        var through = guarded(far, near);

        // Then
        assertThat(speechMs(through, 0)).isGreaterThan(speechMs(spoken, 0) * 7 / 10);
    }

    @Test
    void whileNothingPlaysNothingIsTouched() {
        // Given
        var spoken = clip("what-time");

        // When
        var through = guarded(new byte[0], microphone(spoken, 0, -20, spoken, 0, 5));

        // Then
        assertThat(speechMs(through, 0)).isGreaterThan(300);
        assertThat(through)
                .isEqualTo(Arrays.copyOf(unguarded(microphone(spoken, 0, -20, spoken, 0, 5)), through.length));
    }

    @Test
    void whatWasClearedDoesNotComeBack() {
        // Given: a second is sent ahead, and cleared at once
        var far = Arrays.copyOf(clip("long-answer"), 8_000);
        guard.plays(START_MS, far, 0, far.length);
        guard.cleared(START_MS);
        var quiet = new byte[FRAME];
        Arrays.fill(quiet, Mulaw.fromLinear((short) 600));

        // When, then
        assertThat(guard.isEcho(START_MS + 700, quiet, 0, FRAME)).isFalse();
    }
}
