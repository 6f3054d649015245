package centralita.local.chaos;

import centralita.simulators.continuity.SessionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is left of calls when they are over: their events, their model sessions, their traces in logs. Pure. */
final class RecordRules {
    private static final Duration TERMINAL_WITHIN = Duration.ofMinutes(2);
    private static final long SESSION_OUTLIVES_MS = 60_000;

    private final Evidence evidence;

    RecordRules(Evidence evidence) {
        this.evidence = evidence;
    }

    /** I4. */
    Finding oneTerminalEvent() {
        var wrong = new ArrayList<String>();
        long looked = 0;
        for (var caller : evidence.callers()) {
            if (caller.callId().isEmpty()) {
                continue;
            }
            looked++;
            var ends = evidence.lifecycleOf(caller).ended();
            if (ends.size() != 1) {
                wrong.add(CallerRules.name(caller) + " has " + ends.size());
            } else if (Duration.between(evidence.wallClock(caller.endedAtMs()), ends.getFirst())
                            .compareTo(TERMINAL_WITHIN)
                    > 0) {
                wrong.add(CallerRules.name(caller) + " late");
            }
        }
        return Finding.of("I4-one-end", "each call has exactly one terminal event within 2 min", looked, wrong);
    }

    /** I5, as far as one consumer tells: its inbox holds each event once. */
    Finding factsApplied() {
        long applied = evidence.appliedEvents();
        long missing = applied < 0 ? 0 : Math.abs(evidence.events() - applied);
        return new Finding(
                "I5-facts-applied",
                "every event has its effect once in the analytics service",
                applied < 0 ? 0 : evidence.events(),
                missing + evidence.unreadableEvents(),
                missing == 0 ? List.of() : List.of(evidence.events() + " events, " + applied + " applied"));
    }

    /** I7. */
    Finding sessionsEnd() {
        Map<String, Long> ends = new HashMap<>();
        evidence.callers().forEach(caller -> ends.put(caller.callId(), caller.endedAtMs()));
        var late = evidence.sessions().stream()
                .filter(session -> ends.containsKey(session.callId()))
                .filter(session -> outlived(session, ends.getOrDefault(session.callId(), 0L)))
                .map(SessionLog.Session::callId)
                .toList();
        return Finding.of(
                "I7-sessions-end",
                "no model session outlives its call by 60 s",
                evidence.sessions().size(),
                late);
    }

    private boolean outlived(SessionLog.Session session, long callEndedMs) {
        long until = session.open() ? evidence.nowMs() : session.closedAtMs();
        return until - callEndedMs > SESSION_OUTLIVES_MS;
    }

    /** I9. */
    Finding leaks() {
        return new Finding(
                "I9-no-leaks",
                "no secret, full number or spoken word in any log or lifecycle event",
                1,
                evidence.leaks(),
                List.of());
    }
}
