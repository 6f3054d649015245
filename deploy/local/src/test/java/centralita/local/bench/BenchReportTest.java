package centralita.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import centralita.local.bench.BenchReport.Settings;
import centralita.local.bench.Measurement.Role;
import centralita.local.machine.Machine;
import centralita.simulators.load.LoadPlan.Speech;
import centralita.simulators.load.LoadResult;
import centralita.simulators.load.LoadResult.Direction;
import centralita.simulators.load.Percentiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Machine MACHINE = new Machine(Instant.EPOCH, "Linux", "cpu", 2, 1024, "25");
    private static final Settings SETTINGS = new Settings(3, 10, 30, 20, Speech.usual(), 1, "floor");

    @Test
    void mediansAreOverRoundsAndRatiosOverMedians() {
        // When
        BenchReport report = report(
                ours(1, 4.0, 0), ours(2, 2.0, 0), ours(3, 3.0, 0), theirs(1, 1.0), theirs(2, 2.0), theirs(3, 1.5));

        // Then
        assertThat(report.medians())
                .extracting(BenchReport.Median::subject, BenchReport.Median::cpuMsPerCallSecond)
                .containsExactly(tuple("centralita", 3.0), tuple("compared", 1.5));
        assertThat(report.ratios()).containsExactly(new BenchReport.Ratio(100, 2.0, 1.0, 1.0, 1.0));
        assertThat(report.clean()).isTrue();
    }

    @Test
    void oneLostFrameInOneRoundIsToldAndIsNotClean() {
        // When
        BenchReport report = report(ours(1, 4.0, 0), ours(2, 2.0, 1), ours(3, 3.0, 0));

        // Then
        assertThat(report.clean()).isFalse();
        assertThat(report.medians().getFirst().lost()).isEqualTo(1);
        assertThat(BenchTable.of(report)).contains("1 lost").contains("NOT CLEAN");
    }

    @Test
    void nothingMeasuredIsNotClean() {
        assertThat(report().clean()).isFalse();
    }

    private static BenchReport report(Measurement... runs) {
        return BenchReport.of(MACHINE, SETTINGS, List.of(runs));
    }

    private static Measurement ours(int round, double cpu, long lost) {
        return measurement("centralita", round, cpu, lost);
    }

    private static Measurement theirs(int round, double cpu) {
        return measurement("compared", round, cpu, 0);
    }

    private static Measurement measurement(String subject, int round, double cpu, long lost) {
        var delay = new Percentiles(1000, 500, 900, 2_000, 3_000, 4_000);
        var up = new Direction(delay, 1000, 1000 - lost, 0, lost, 0, 0, 0, 0);
        var down = new Direction(delay, 1000, 1000, 0, 0, 0, 0, 0, 0);
        var load = new LoadResult(100, 100, Map.of(), 30, delay, delay, up, down, delay, 0, delay);
        return new Measurement(subject, 100, round, load, cpu, Map.of("relay", new Role(cpu, 10, 12, 20, null)), 1);
    }
}
