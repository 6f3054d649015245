package centralita.simulators.continuity;

import centralita.simulators.twilio.CallReport;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;

/**
 * What one caller found. Times are milliseconds of {@link System#nanoTime()}.
 *
 * @param caller his number, unique in a run
 * @param callId our id of the call; empty when no document told it
 * @param answeredAtMs when the line was up; -1 when it never was
 * @param finished whether he had asked all that he wanted
 * @param greetings how often the greeting began
 * @param voices whose voices he heard, in order; the same may come again
 * @param crossedFrames audio of another call
 * @param quietFrames numbers of the frames that he sent and that must have reached a model
 */
public record ContinuityReport(
        int caller,
        String callId,
        CallReport call,
        long answeredAtMs,
        long endedAtMs,
        boolean finished,
        int greetings,
        List<Asked> asked,
        List<HeardVoice> voices,
        int crossedFrames,
        BitSet quietFrames) {

    /**
     * Whether the call ended because the conversation was over, and not for want of a line, as far as that is seen from
     * the caller's end: one who had not finished counts only when there was nothing wrong with his line.
     */
    public boolean completed() {
        return call.status().equals("completed")
                && (finished || tookLeave() && call.incidents().isEmpty());
    }

    /**
     * Whether the end may be our side's answer to his goodbye, though he did not hear it or had begun to say something
     * else: a fault makes callers speak, whatever they are waiting for. Only our side knows whether it was, and not by
     * accident the end of a call that hung in the air.
     */
    public boolean tookLeave() {
        return switch (call.endedBy()) {
            case TWIML, API -> asked.stream().anyMatch(this::isAnsweredByTheEnd);
            case CALLER, NETWORK -> false;
        };
    }

    /** A goodbye that our side can have heard, and no longer before the end than an answer is waited for. */
    private boolean isAnsweredByTheEnd(Asked one) {
        return one.question() == Question.GOODBYE
                && one.answerable()
                && endedAtMs - one.toMs() <= ContinuityCaller.PATIENCE_MS;
    }

    /** Whether a voice came back after another one had taken its place: two spoke to the caller. */
    public boolean twoVoices() {
        var silenced = new HashSet<Integer>();
        int speaking = -1;
        for (var voice : voices) {
            if (voice.session() != speaking) {
                silenced.add(speaking);
                speaking = voice.session();
            }
            if (silenced.contains(speaking)) {
                return true;
            }
        }
        return false;
    }
}
