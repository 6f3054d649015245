package centralita.simulators.caller;

import centralita.simulators.twilio.CallReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one scripted caller went through.
 *
 * @param caller from 0
 * @param callId ours, as the TwiML tells it; empty when none was seen
 * @param announced texts that Twilio's own voice said
 * @param heard recognised clips in the order of their beginnings; times from the answer
 * @param deadAirMs longest time in which the caller waited and nobody spoke
 * @param parrot null when the script has no such step
 */
public record CallerReport(
        int caller,
        String callId,
        List<StepReport> steps,
        List<String> announced,
        List<HeardClip> heard,
        int deadAirMs,
        @Nullable ParrotReport parrot,
        CallReport call) {
    /** @param failure empty when it went well */
    public record StepReport(int line, String text, long fromMs, long tookMs, String failure) {
        public boolean passed() {
            return failure.isEmpty();
        }
    }

    /** @param share of the clip that was heard, 0 to 1 */
    public record HeardClip(String clip, String text, long fromMs, long toMs, double share) {}

    /** In frames of 20 ms; all but {@code sent} and {@code heard} must be 0. */
    public record ParrotReport(int sent, int heard, int lost, int corrupted, int crossed, int repeated) {}

    public boolean passed() {
        return steps.stream().allMatch(StepReport::passed);
    }
}
