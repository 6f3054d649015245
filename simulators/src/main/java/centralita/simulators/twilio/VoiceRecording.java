package centralita.simulators.twilio;

import centralita.simulators.speech.SpeechDetector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;

/** {@code <Record>}: keeps what the caller says until a key, a silence or the maximum. */
final class VoiceRecording implements Stage {
    private static final int MAX_BYTES = 10 * 60 * 8_000;

    /**
     * @param mulaw empty when the caller said nothing
     * @param finishedBy the key that ended it, {@code hangup}, or empty
     */
    record Recorded(byte[] mulaw, String finishedBy) {}

    private final Promise<Recorded> done = Promise.promise();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final SpeechDetector detector = new SpeechDetector(SpeechDetector.Sensitivity.DEFAULT);
    private final String finishOnKey;
    private final int timeoutFrames;
    private final int maxBytes;
    private final Announcement beep;
    private boolean spoken;
    private int quietFrames;

    VoiceRecording(Verb.Record record) {
        this.finishOnKey = record.finishOnKey();
        this.timeoutFrames = record.timeout() * 1_000 / FramePacer.FRAME_MS;
        this.maxBytes = (int) Math.min(MAX_BYTES, record.maxLength() * 8_000L);
        this.beep = new Announcement(record.beep() ? AnnouncementVoice.read("beep") : new byte[0], 0);
    }

    Future<Recorded> done() {
        return done.future();
    }

    @Override
    public int play(byte[] frame) {
        return beep.done().isComplete() ? Stage.super.play(frame) : beep.play(frame);
    }

    @Override
    public void take(byte[] frame) {
        if (!beep.done().isComplete()) {
            return;
        }
        kept.write(frame, 0, frame.length);
        detector.add(frame);
        spoken |= detector.speaking();
        quietFrames = detector.speaking() ? 0 : quietFrames + 1;
        if (quietFrames >= timeoutFrames || kept.size() >= maxBytes) {
            finish("");
        }
    }

    @Override
    public void digit(char digit) {
        if (finishOnKey.indexOf(digit) >= 0) {
            finish(String.valueOf(digit));
        }
    }

    @Override
    public void stop() {
        finish("hangup");
    }

    private void finish(String by) {
        done.tryComplete(new Recorded(spoken ? kept.toByteArray() : new byte[0], by));
    }
}
