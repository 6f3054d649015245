package centralita.local.chaos;

import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.SessionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that the witnesses of a run saw. Times are milliseconds of {@link System#nanoTime()}; events carry wall-clock
 * time.
 *
 * @param callers one per call that was over
 * @param stuck calls that could not be placed or did not end
 * @param endedByPlatform numbers of callers whose provider ends the call when a stream ends: a fault of that kind is none
 *     of ours
 * @param sessions of the model
 * @param heard what the model heard, by callId
 * @param lifecycle by callId
 * @param events distinct ones on the topic
 * @param appliedEvents that the analytics service has applied; -1 when unknown
 * @param unreadableEvents records that are no event
 * @param leaks lines of logs and events that hold what they may not
 * @param nowMs when the witnesses were asked
 * @param now the same moment by the wall clock
 */
record Evidence(
        List<ContinuityReport> callers,
        int stuck,
        Set<Integer> endedByPlatform,
        List<SessionLog.Session> sessions,
        Map<String, SessionLog.Heard> heard,
        List<Strike> strikes,
        Map<UUID, LifecycleLog.Call> lifecycle,
        long events,
        long appliedEvents,
        long unreadableEvents,
        long leaks,
        long nowMs,
        Instant now) {

    /** What was told of a caller's call; nothing when its id is not known. */
    LifecycleLog.Call lifecycleOf(ContinuityReport caller) {
        return caller.callId().isEmpty()
                ? new LifecycleLog.Call()
                : lifecycle.getOrDefault(UUID.fromString(caller.callId()), new LifecycleLog.Call());
    }

    /** What the wall clock showed at a moment. */
    Instant wallClock(long atMs) {
        return now.minusMillis(nowMs - atMs);
    }

    /** The moment at which the wall clock showed it. */
    long momentOf(Instant wallClock) {
        return nowMs - Duration.between(wallClock, now).toMillis();
    }
}
