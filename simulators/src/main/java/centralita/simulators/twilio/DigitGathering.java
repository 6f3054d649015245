package centralita.simulators.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** {@code <Gather>}: plays its prompt until a key is pressed, then collects keys. */
final class DigitGathering implements Stage {
    private final Promise<String> done = Promise.promise();
    private final StringBuilder digits = new StringBuilder();
    private final Announcement prompt;
    private final String finishOnKey;
    private final int numDigits;
    private final int timeoutFrames;
    private boolean prompting = true;
    private int quietFrames;

    DigitGathering(Verb.Gather gather, byte[] prompt) {
        this.prompt = new Announcement(prompt, 0);
        this.finishOnKey = gather.finishOnKey();
        this.numDigits = gather.numDigits();
        this.timeoutFrames = gather.timeout() * 1_000 / FramePacer.FRAME_MS;
    }

    /** @return what was pressed, without the finishing key; empty when nothing was */
    Future<String> done() {
        return done.future();
    }

    @Override
    public int play(byte[] frame) {
        if (prompting) {
            int played = prompt.play(frame);
            prompting = !prompt.done().isComplete();
            return played;
        }
        if (++quietFrames >= timeoutFrames) {
            done.tryComplete(digits.toString());
        }
        return Stage.super.play(frame);
    }

    @Override
    public void digit(char digit) {
        prompting = false;
        quietFrames = 0;
        if (finishOnKey.indexOf(digit) >= 0) {
            done.tryComplete(digits.toString());
            return;
        }
        digits.append(digit);
        if (numDigits > 0 && digits.length() >= numDigits) {
            done.tryComplete(digits.toString());
        }
    }

    @Override
    public void stop() {
        done.tryComplete(digits.toString());
    }
}
