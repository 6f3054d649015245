package centralita.local.chaos;

import java.util.Locale;
import java.util.Map;

/** A report for people. */
final class ChaosTable {
    private static final long BUSY_MS = 50;

    private ChaosTable() {}

    static String of(ChaosReport report) {
        var text = new StringBuilder();
        line(
                text,
                "seed %d: %d calls in %d s, %d faults, %d model sessions, %d events",
                report.settings().seed(),
                report.calls(),
                report.tookSeconds(),
                report.faults().size(),
                report.modelSessions(),
                report.events());
        line(
                text,
                "the machine was late by %d ms at p99%s",
                report.machineLateP99Ms(),
                report.machineLateP99Ms() > BUSY_MS
                        ? ": it had no processor to spare, and much of what follows is its doing"
                        : "");
        line(text, "");
        line(text, "%-24s %8s %10s  %s", "rule", "looked", "violations", "");
        for (var finding : report.findings()) {
            line(
                    text,
                    "%-24s %8d %10d  %s",
                    finding.rule(),
                    finding.looked(),
                    finding.violations(),
                    finding.holds() ? "" : "VIOLATED: " + finding.says());
            finding.examples().forEach(example -> line(text, "%-24s %s", "", example));
        }
        line(text, "");
        line(text, "%-40s %6s %7s %7s %7s %7s", "milliseconds", "count", "p50", "p95", "p99", "longest");
        spreads(text, "moved to another model session, ", report.recovery());
        spreads(text, "same session, not heard, ", report.interruptions());
        spreads(text, "another model session in one bridge, ", report.switches());
        spread(text, "answer after words into a gap", report.answerAfterGap());
        spread(text, "answer at other times", report.answer());
        line(text, "");
        line(
                text,
                "said while there was no stream, and judged by no rule: %d, %d of them unanswered",
                report.saidWithoutStream().questions(),
                report.saidWithoutStream().unanswered());
        line(text, "calls by number of moves: %s", report.movesPerCall());
        line(text, "calls by outcome: %s", report.outcomes());
        if (report.callsEndedByPlatform() > 0) {
            line(text, "calls that the provider ended with their stream: %d", report.callsEndedByPlatform());
        }
        return text.toString();
    }

    private static void spreads(StringBuilder text, String what, Map<String, Spread> spreads) {
        spreads.forEach((fault, spread) -> spread(text, what + fault, spread));
    }

    private static void spread(StringBuilder text, String what, Spread spread) {
        line(
                text,
                "%-40s %6d %7d %7d %7d %7d",
                what,
                spread.count(),
                spread.p50(),
                spread.p95(),
                spread.p99(),
                spread.longest());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
