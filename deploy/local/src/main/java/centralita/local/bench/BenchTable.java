package centralita.local.bench;

import centralita.local.bench.BenchReport.Median;
import centralita.local.bench.BenchReport.Ratio;
import centralita.local.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A report for people. */
final class BenchTable {
    private static final String NONE = "–";

    private BenchTable() {}

    static String of(BenchReport report) {
        var text = new StringBuilder();
        Machine machine = report.machine();
        text.append("%s, %d processors, %d MiB, %s, JDK %s%n"
                .formatted(machine.cpu(), machine.processors(), machine.memoryMiB(), machine.system(), machine.jdk()));
        text.append("medians of %d rounds of %d s after %d s of warm-up, deltas of %d ms, seed %d%n"
                .formatted(
                        report.settings().rounds(),
                        report.settings().windowSeconds(),
                        report.settings().warmUpSeconds(),
                        report.settings().speech().deltaMs(),
                        report.settings().seed()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "",
                "calls",
                "CPU ms/call-s",
                "of these",
                "RSS KiB/call",
                "heap KiB/call",
                "to model p50/p99 ms",
                "to caller p50/p99 ms",
                "barge-in p50/p99 ms",
                "webhook p50/p99 ms",
                "first audio ms",
                "faults"));
        report.medians().forEach(median -> rows.add(row(median)));
        text.append(aligned(rows));
        report.ratios().forEach(ratio -> text.append(sentence(ratio)));
        report.medians().stream()
                .filter(median -> median.cpuMsPerCallSecond() == null)
                .findFirst()
                .ifPresent(_ -> text.append("CPU and memory are read from /proc, which this system does not have.\n"));
        report.medians().stream()
                .filter(median -> median.generatorLateP99Us() > median.toModelP99Us())
                .forEach(median -> text.append(
                        "%s at %d calls: the generator itself was late by %s ms at p99: it had too little processor, and the delays above hold some of that.%n"
                                .formatted(median.subject(), median.calls(), millis(median.generatorLateP99Us()))));
        var perCore = report.perCore();
        if (perCore != null) {
            text.append("On one processor gateway and bridge carry %d calls with p99 below %d ms and nothing lost%s.%n"
                    .formatted(
                            perCore.calls(),
                            perCore.limitP99Ms(),
                            perCore.failedAt() == 0 ? "" : "; not %d".formatted(perCore.failedAt())));
        }
        var failover = report.failover();
        if (failover != null) {
            text.append(
                    "%d bridges killed under %d calls: two-way audio is back after %d / %d / %d ms (p50/p95/p99)%s.%n"
                            .formatted(
                                    failover.kills(),
                                    failover.calls(),
                                    failover.recovery().p50(),
                                    failover.recovery().p95(),
                                    failover.recovery().p99(),
                                    failover.holds() ? "" : "; NOT every rule held, see ./centralita chaos"));
        }
        var bridgeStart = report.bridgeStart();
        if (bridgeStart != null) {
            text.append("A bridge has its first session %d ms after its start (median of %d; at most %d).%n"
                    .formatted(bridgeStart.p50(), bridgeStart.count(), bridgeStart.longest()));
        }
        text.append(
                report.clean()
                        ? "Every frame arrived once, whole, in order, where it belonged.\n"
                        : "NOT CLEAN: frames or calls went wrong, see faults and the JSON's runs.\n");
        return text.toString();
    }

    private static List<String> row(Median median) {
        return List.of(
                median.subject(),
                Integer.toString(median.calls()),
                number(median.cpuMsPerCallSecond(), 2),
                roles(median.cpuMsPerCallSecondByRole()),
                number(median.residentKiBPerCall(), 0),
                number(median.heapKiBPerCall(), 0),
                pair(median.toModelP50Us(), median.toModelP99Us()),
                pair(median.toCallerP50Us(), median.toCallerP99Us()),
                pair(median.bargeInP50Us(), median.bargeInP99Us()),
                pair(median.webhookP50Us(), median.webhookP99Us()),
                median.firstAudioP50Us() == 0 ? NONE : number(median.firstAudioP50Us() / 1000, 0),
                faults(median));
    }

    private static String faults(Median median) {
        Map<String, Long> counted = new TreeMap<>(Map.of(
                "lost", median.lost(),
                "corrupted", median.corrupted(),
                "crossed", median.crossed(),
                "disordered", median.disordered(),
                "stale", median.stale(),
                "calls failed", (long) median.callsThatFailed()));
        List<String> found = counted.entrySet().stream()
                .filter(fault -> fault.getValue() > 0)
                .map(fault -> fault.getValue() + " " + fault.getKey())
                .toList();
        return found.isEmpty() ? "0" : String.join(", ", found);
    }

    private static String roles(Map<String, Double> byRole) {
        return byRole.size() < 2
                ? NONE
                : String.join(
                        " ",
                        new TreeMap<>(byRole)
                                .entrySet().stream()
                                        .map(role -> role.getKey() + " " + number(role.getValue(), 2))
                                        .toList());
    }

    private static String sentence(Ratio ratio) {
        return "at %d calls we need %s times the CPU and %s times the memory per call; delay to model %s times, to caller %s times%n"
                .formatted(
                        ratio.calls(),
                        number(ratio.cpu(), 2),
                        number(ratio.residentPerCall(), 2),
                        number(ratio.toModelP50(), 2),
                        number(ratio.toCallerP50(), 2));
    }

    private static String aligned(List<List<String>> rows) {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                String cell = row.get(column);
                String gap = " ".repeat(width - cell.length());
                text.append(column == 0 ? cell + gap : "  " + gap + cell);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String pair(double p50Us, double p99Us) {
        return p99Us == 0 ? NONE : millis(p50Us) + " / " + millis(p99Us);
    }

    private static String millis(double micros) {
        return number(micros / 1000, 2);
    }

    private static String number(@Nullable Double value, int digits) {
        return value == null || !Double.isFinite(value) ? NONE : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
