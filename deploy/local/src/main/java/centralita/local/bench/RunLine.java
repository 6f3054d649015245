package centralita.local.bench;

import centralita.simulators.load.LoadResult;
import java.util.Locale;

/** One run in one line, while the others still run. */
final class RunLine {
    private RunLine() {}

    static String of(Measurement run) {
        LoadResult load = run.load();
        String cpu = run.cpuMsPerCallSecond() == null
                ? "CPU unknown"
                : String.format(Locale.ROOT, "%.2f CPU ms per call-second", run.cpuMsPerCallSecond());
        return String.format(
                Locale.ROOT,
                "%s, %d calls: %s, to model %.2f / %.2f ms, to caller %.2f / %.2f ms%s%s",
                run.subject(),
                run.calls(),
                cpu,
                load.toModel().delay().p50() / 1000,
                load.toModel().delay().p99() / 1000,
                load.toCaller().delay().p50() / 1000,
                load.toCaller().delay().p99() / 1000,
                load.clean() ? "" : ", NOT CLEAN",
                load.failures().isEmpty() ? "" : " " + load.failures());
    }
}
