package centralita.simulators.continuity;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.ClipRecognizer.Heard;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.speech.QuietStamp;
import centralita.simulators.speech.QuietStamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a caller hears: clips since the last question, whose voice it is, and how long there has been nothing. */
final class CallerEar {
    private static final int FRAME_MS = 20;
    /** Longer than any answer that is waited for. */
    private static final int MOST_BYTES = 40_000 * Mulaw.BYTES_PER_MS;

    private static final int FIRST_BYTES = 4_000 * Mulaw.BYTES_PER_MS;
    /** Of a clip that began so early the beginning was heard. */
    private static final int BEGINNING_MS = 600;
    /** One that begins anew begins before this. */
    private static final int ANEW_MS = 150;
    /** Of a greeting that broke off before this hardly more than its first word was said; to begin with that again is no second one. */
    private static final int WORD_MS = 1_000;

    private final ClipRecognizer recognizer;
    private ClipRecognizer.Progress progress;
    private final QuietStamps stamps = new QuietStamps();
    private final List<HeardVoice> voices = new ArrayList<>();
    private byte[] kept = new byte[FIRST_BYTES];
    private int length;
    private int quietFrames;
    private int greetings;
    private int greetingsBefore;
    /** How far a greeting had come when it was last forgotten; what goes on from there is the same one. */
    private int greetedToMs;
    /** Whether one that broke off in its first word began again by then: that is excused once. */
    private boolean begunAgain;

    private int crossed;
    private int whose;

    CallerEar(ClipRecognizer recognizer) {
        this.recognizer = recognizer;
        this.progress = recognizer.begin();
    }

    /** Which call's signatures are its own. */
    void belongsTo(String callId) {
        whose = callId.hashCode();
    }

    /** @param audioBytes of the frame that somebody sent */
    void hear(byte[] frame, int audioBytes, long nowMs) {
        quietFrames = audioBytes == 0 ? quietFrames + 1 : 0;
        if (audioBytes == 0) {
            return;
        }
        stamps.accept(frame, audioBytes, stamp -> signed(stamp, nowMs));
        if (length + audioBytes > MOST_BYTES) {
            listen();
            forget();
        }
        if (length + audioBytes > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(MOST_BYTES, kept.length * 2));
        }
        System.arraycopy(frame, 0, kept, length, audioBytes);
        length += audioBytes;
    }

    private void signed(QuietStamp stamp, long nowMs) {
        if (stamp.whose() != whose) {
            crossed++;
        } else if (voices.isEmpty() || voices.getLast().session() != stamp.which()) {
            voices.add(new HeardVoice(stamp.which(), nowMs));
        }
    }

    int quietMs() {
        return quietFrames * FRAME_MS;
    }

    /** Whether anything was heard since {@link #forget()}. */
    boolean anything() {
        return length > 0;
    }

    /** Clips since {@link #forget()}. */
    List<Heard> listen() {
        var heard = progress.listen(kept, length);
        greetings = greetingsBefore + begun(heard).greetings();
        return heard;
    }

    /** What goes on where a greeting broke off is the same one; a word may be said again, also the first. */
    private Begun begun(List<Heard> heard) {
        int begun = 0;
        int toMs = greetedToMs;
        boolean excused = begunAgain;
        for (var clip : heard) {
            if (isGreeting(clip)) {
                boolean begins = clip.clipFromMs() < BEGINNING_MS;
                boolean goesOn = toMs > 0 && clip.clipFromMs() >= Math.min(toMs, ANEW_MS);
                boolean again = begins && !goesOn && toMs > 0 && toMs < WORD_MS && !excused;
                excused |= again;
                begun += begins && !goesOn && !again ? 1 : 0;
                toMs = clip.clipToMs();
            }
        }
        return new Begun(begun, excused);
    }

    private record Begun(int greetings, boolean again) {}

    private static boolean isGreeting(Heard heard) {
        return heard.clip().name().equals("greeting");
    }

    /** What was heard until now is done with. */
    void forget() {
        var heard = listen();
        begunAgain = begun(heard).again();
        greetedToMs = heard.stream()
                .filter(CallerEar::isGreeting)
                .mapToInt(Heard::clipToMs)
                .max()
                .orElse(greetedToMs);
        greetingsBefore = greetings;
        length = 0;
        progress = recognizer.begin();
    }

    /** The call is over: what was heard last counts, and no audio is kept. The stand-in remembers calls for long. */
    void close() {
        forget();
        kept = new byte[0];
    }

    int greetings() {
        return greetings;
    }

    int crossed() {
        return crossed;
    }

    List<HeardVoice> voices() {
        return List.copyOf(voices);
    }
}
