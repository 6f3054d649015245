package centralita.simulators.caller;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.speech.SpeechDetector;
import java.util.Arrays;
import java.util.List;

/**
 * What a caller has heard since the answer: kept for recognition, at most ten minutes, and watched for speech. Each
 * sample is looked at once, however often it is asked what was heard.
 */
final class HeardAudio {
    private static final int MAX_BYTES = 10 * 60 * 1_000 * Mulaw.BYTES_PER_MS;
    private static final int FIRST_BYTES = 8_000;
    /** Pauses between words do not end speech. */
    private static final int PAUSE_MS = 200;

    private final SpeechDetector detector = new SpeechDetector(new SpeechDetector.Sensitivity(0.5, 0, PAUSE_MS));
    private final ClipRecognizer.Progress progress;
    private byte[] kept = new byte[FIRST_BYTES];
    private int length;
    private long audioBytes;
    private boolean everSpoken;
    private long lastVoiceMs;

    HeardAudio(ClipRecognizer recognizer) {
        progress = recognizer.begin();
    }

    void add(byte[] frame, int audio) {
        for (var edge : detector.add(frame)) {
            everSpoken |= edge instanceof SpeechDetector.Edge.Started;
            if (edge instanceof SpeechDetector.Edge.Stopped(var end, var lastVoice)) {
                lastVoiceMs = lastVoice;
            }
        }
        audioBytes += detector.speaking() ? audio : 0;
        if (length + frame.length <= MAX_BYTES) {
            if (length + frame.length > kept.length) {
                kept = Arrays.copyOf(kept, Math.min(MAX_BYTES, kept.length * 2));
            }
            System.arraycopy(frame, 0, kept, length, frame.length);
            length += frame.length;
        }
    }

    boolean speaking() {
        return detector.speaking();
    }

    boolean everSpoken() {
        return everSpoken;
    }

    /** Since the end of the last speech; 0 while somebody speaks. */
    long quietMs() {
        return detector.speaking() ? 0 : detector.positionMs() - lastVoiceMs;
    }

    /** Audio that came while somebody spoke. */
    long speechMs() {
        return audioBytes / Mulaw.BYTES_PER_MS;
    }

    /** All clips that were heard until now, in the order of their beginnings. */
    List<ClipRecognizer.Heard> clips() {
        return progress.listen(kept, length);
    }

    byte[] all() {
        return Arrays.copyOf(kept, length);
    }
}
