package centralita.simulators.speech;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells speech from silence by energy, with hang-over, in μ-law of 8 kHz. Time is counted in the audio that was
 * given, never by a clock. Not thread-safe: one per stream of audio, and about 10 ns of work per sample.
 */
public final class SpeechDetector {
    /**
     * @param threshold 0 to 1; higher wants louder speech: 0.5 is 38 dB below full scale, each 0.1 is 4 dB
     * @param prefixPaddingMs how much before the detected start is reported as the start
     * @param silenceDurationMs how long it must be quiet until speech counts as ended; pauses between words are
     *     about 100-300 ms
     */
    public record Sensitivity(double threshold, int prefixPaddingMs, int silenceDurationMs) {
        public static final Sensitivity DEFAULT = new Sensitivity(0.5, 300, 500);

        public Sensitivity {
            if (!(threshold >= 0 && threshold <= 1) || prefixPaddingMs < 0 || silenceDurationMs < 0) {
                throw new IllegalArgumentException(
                        "not a sensitivity: threshold=%s prefixPaddingMs=%s silenceDurationMs=%s"
                                .formatted(threshold, prefixPaddingMs, silenceDurationMs));
            }
        }
    }

    /** Where speech begins or ends. Positions count from the first sample that the detector was given. */
    public sealed interface Edge {
        /**
         * @param audioStartMs start of the speech less the padding, at least 0
         * @param detectedAtMs when it was noticed, so by how much an interruption comes late
         */
        record Started(long audioStartMs, long detectedAtMs) implements Edge {}

        /**
         * @param audioEndMs where the quiet had lasted long enough
         * @param lastVoiceMs end of the last loud window: what a listener would call the end
         */
        record Stopped(long audioEndMs, long lastVoiceMs) implements Edge {}
    }

    private static final int WINDOW_MS = 20;
    private static final int WINDOW_BYTES = WINDOW_MS * Mulaw.BYTES_PER_MS;
    /** One loud window may be a click or a key; three in a row are a voice. */
    private static final int WINDOWS_TO_START = 3;
    /** Speech that has begun may fade by 8 dB before it counts as quiet. */
    private static final double HOLD_RATIO = Math.pow(10, -8 / 10.0);

    private static final long[] ENERGY = new long[256];

    static {
        for (int code = 0; code < 256; code++) {
            long sample = Mulaw.toLinear((byte) code);
            ENERGY[code] = sample * sample;
        }
    }

    private final Sensitivity sensitivity;
    private final double startEnergy;
    private final double holdEnergy;
    private long windowEnergy;
    private int windowFilled;
    private long windows;
    private int loudInARow;
    private boolean speaking;
    private long lastVoiceMs;

    public SpeechDetector(Sensitivity sensitivity) {
        this.sensitivity = sensitivity;
        double level = Math.pow(10, (-58 + 40 * sensitivity.threshold()) / 10);
        startEnergy = level * 32_768.0 * 32_768.0 * WINDOW_BYTES;
        holdEnergy = startEnergy * HOLD_RATIO;
    }

    public boolean speaking() {
        return speaking;
    }

    /** @return milliseconds of audio looked at so far, in whole windows of 20 ms */
    public long positionMs() {
        return windows * WINDOW_MS;
    }

    public List<Edge> add(byte[] mulaw) {
        return add(mulaw, 0, mulaw.length);
    }

    /**
     * Adds audio.
     *
     * @param mulaw neither kept nor changed
     * @param length any, also 0; a window that is not full waits for the next call
     * @return the edges in this piece, oldest first; nearly always empty
     */
    public List<Edge> add(byte[] mulaw, int offset, int length) {
        List<Edge> edges = List.of();
        for (int at = offset; at < offset + length; at++) {
            windowEnergy += ENERGY[mulaw[at] & 0xFF];
            if (++windowFilled == WINDOW_BYTES) {
                var edge = closeWindow();
                if (edge != null) {
                    edges = edges.isEmpty() ? new ArrayList<>(2) : edges;
                    edges.add(edge);
                }
            }
        }
        return edges;
    }

    private @Nullable Edge closeWindow() {
        boolean loud = windowEnergy >= (speaking ? holdEnergy : startEnergy);
        windowEnergy = 0;
        windowFilled = 0;
        windows++;
        return speaking ? whileSpeaking(loud) : whileQuiet(loud);
    }

    private @Nullable Edge whileQuiet(boolean loud) {
        loudInARow = loud ? loudInARow + 1 : 0;
        if (loudInARow < WINDOWS_TO_START) {
            return null;
        }
        speaking = true;
        lastVoiceMs = positionMs();
        long voiceMs = positionMs() - (long) WINDOWS_TO_START * WINDOW_MS;
        return new Edge.Started(Math.max(0, voiceMs - sensitivity.prefixPaddingMs()), positionMs());
    }

    private @Nullable Edge whileSpeaking(boolean loud) {
        if (loud) {
            lastVoiceMs = positionMs();
            return null;
        }
        if (positionMs() - lastVoiceMs < Math.max(WINDOW_MS, sensitivity.silenceDurationMs())) {
            return null;
        }
        speaking = false;
        loudInARow = 0;
        return new Edge.Stopped(positionMs(), lastVoiceMs);
    }
}
