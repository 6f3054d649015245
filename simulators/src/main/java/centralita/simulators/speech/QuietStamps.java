package centralita.simulators.speech;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds {@link QuietStamp}s in audio that comes in pieces of any length, between other audio. Not thread-safe: one per
 * direction of a call.
 */
public final class QuietStamps {
    private byte[] rest = {};

    /**
     * @param mulaw neither kept nor changed
     * @param length of the audio in it, from its beginning
     * @param found is told each stamp that is complete, in order
     */
    public void accept(byte[] mulaw, int length, Consumer<QuietStamp> found) {
        byte[] audio = mulaw;
        int end = length;
        if (rest.length > 0) {
            audio = Arrays.copyOf(rest, rest.length + length);
            System.arraycopy(mulaw, 0, audio, rest.length, length);
            end = audio.length;
        }
        int at = 0;
        while (at < end) {
            if (!QuietStamp.mayBegin(audio, at, end)) {
                at++;
            } else if (end - at < QuietStamp.BYTES) {
                break;
            } else {
                var stamp = QuietStamp.read(audio, at);
                if (stamp != null) {
                    found.accept(stamp);
                }
                at += stamp == null ? 1 : QuietStamp.BYTES;
            }
        }
        rest = at < end ? Arrays.copyOfRange(audio, at, end) : new byte[0];
    }
}
