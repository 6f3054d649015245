package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;

/** Plays audio to its end, then silence for some frames. */
final class Announcement implements Stage {
    private final Promise<Void> done = Promise.promise();
    private final byte[] audio;
    private int silentFrames;
    private int at;

    Announcement(byte[] audio, int silentMs) {
        this.audio = audio;
        this.silentFrames = silentMs / FramePacer.FRAME_MS;
    }

    Future<Void> done() {
        return done.future();
    }

    @Override
    public int play(byte[] frame) {
        int taken = Math.min(frame.length, audio.length - at);
        System.arraycopy(audio, at, frame, 0, taken);
        Arrays.fill(frame, taken, frame.length, Mulaw.SILENCE);
        at += taken;
        if (taken == 0 && silentFrames-- <= 0) {
            done.tryComplete();
        }
        return taken;
    }

    @Override
    public void stop() {
        done.tryComplete();
    }
}
