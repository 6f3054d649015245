package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;
import java.util.Arrays;

/** What a call's line is connected to at the moment. Asked and told every 20 ms, on the event loop. */
interface Stage {
    /** @return bytes of the frame that are audio; the rest has been made silence */
    default int play(byte[] frame) {
        Arrays.fill(frame, Mulaw.SILENCE);
        return 0;
    }

    /** @param frame what the human's microphone picked up; not to be kept */
    default void take(byte[] frame) {}

    default void digit(char digit) {}

    /** The call goes on elsewhere or is over. The stage ends at once; more than one call does nothing more. */
    void stop();
}
