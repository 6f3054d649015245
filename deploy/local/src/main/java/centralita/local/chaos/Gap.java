package centralita.local.chaos;

import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.SessionLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A time in which no model heard the caller of a call. Times are milliseconds of {@link System#nanoTime()}.
 *
 * @param moved whether another model session went on after it
 * @param fault what had happened; {@code none} when nothing had
 */
record Gap(String callId, long fromMs, long toMs, boolean moved, String fault) {
    static final String NO_FAULT = "none";

    /** A fault is still felt so long after it was healed: links come back, streams are opened anew. */
    private static final long AFTERMATH_MS = 15_000;

    long lengthMs() {
        return toMs - fromMs;
    }

    /** Whether any of what was said from one moment to another was said into it. */
    boolean swallows(long saidFromMs, long saidToMs) {
        return saidFromMs < toMs && saidToMs > fromMs;
    }

    /** All gaps of all calls, in the order of calls and time. */
    static List<Gap> of(List<SessionLog.Session> sessions, List<ContinuityReport> callers, List<Strike> strikes) {
        Map<String, Long> ends = callers.stream()
                .filter(caller -> !caller.callId().isEmpty())
                .collect(Collectors.toMap(
                        ContinuityReport::callId, ContinuityReport::endedAtMs, (first, second) -> first));
        var gaps = new ArrayList<Gap>();
        sessions.stream()
                .filter(session -> session.firstHeardMs() >= 0)
                .collect(Collectors.groupingBy(SessionLog.Session::callId))
                .forEach((callId, own) -> add(gaps, callId, own, ends.getOrDefault(callId, Long.MAX_VALUE), strikes));
        return gaps;
    }

    private static void add(
            List<Gap> gaps, String callId, List<SessionLog.Session> own, long endMs, List<Strike> strikes) {
        var inOrder = own.stream()
                .sorted(Comparator.comparingLong(SessionLog.Session::firstHeardMs))
                .toList();
        for (int i = 0; i < inOrder.size(); i++) {
            var session = inOrder.get(i);
            for (var pause : session.pauses()) {
                if (pause.toMs() < endMs) {
                    gaps.add(gap(callId, pause.fromMs(), pause.toMs(), false, strikes));
                }
            }
            if (i > 0) {
                gaps.add(moved(callId, inOrder.get(i - 1), session, strikes));
            }
        }
    }

    private static Gap moved(String callId, SessionLog.Session before, SessionLog.Session after, List<Strike> strikes) {
        long to = after.firstHeardMs();
        long from = before.lastHeardMs();
        if (from > to) {
            // Something that had been frozen still told its model what it had heard before.
            var strike = latest(strikes, to);
            from = strike == null ? to : Math.max(strike.atMs(), before.firstHeardMs());
        }
        return gap(callId, Math.min(from, to), to, true, strikes);
    }

    private static Gap gap(String callId, long fromMs, long toMs, boolean moved, List<Strike> strikes) {
        var strike = latest(strikes, toMs);
        var fault = strike != null && fromMs < strike.overMs() + AFTERMATH_MS ? strike.fault() : NO_FAULT;
        return new Gap(callId, fromMs, toMs, moved, fault);
    }

    private static @Nullable Strike latest(List<Strike> strikes, long beforeMs) {
        return strikes.stream()
                .filter(strike -> strike.atMs() <= beforeMs)
                .max(Comparator.comparingLong(Strike::atMs))
                .orElse(null);
    }
}
