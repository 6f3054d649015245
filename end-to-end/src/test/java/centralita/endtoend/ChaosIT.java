package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.local.chaos.ChaosOrder;
import centralita.local.chaos.ChaosReport;
import centralita.local.chaos.ChaosRun;
import centralita.local.chaos.Finding;
import centralita.local.suite.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code ./centralita chaos}, with a fixed seed: F-P1 and F-P6 under a few live calls. The long form has
 * the whole fault table and thousands of calls.
 */
class ChaosIT {
    private static final long SEED = 11;

    /** Rules that a machine too busy to keep time does not break. The others are for the long form. */
    private static final Set<String> RULES = Set.of(
            "dropped",
            "greeted-twice",
            "forgotten-tool-result",
            "forgotten-code-word",
            "I4-one-end",
            "I5-facts-applied",
            "I6-one-voice",
            "I7-sessions-end",
            "I9-no-leaks",
            "crossed");

    @Test
    void callersStayOnTheLineAndNothingIsForgottenWhenBridgesAreKilledAndDrained() {
        // Given
        var order = new ChaosOrder(
                SEED,
                8,
                8,
                Duration.ofSeconds(12),
                4,
                List.of("bridge-kill", "bridge-drain"),
                Duration.ofSeconds(6),
                Duration.ofSeconds(9),
                Optional.empty(),
                2,
                1,
                0);

        // When
        ChaosReport report;
        try (var run = ChaosRun.prepare(
                order, Path.of(System.getProperty("repository.root")).toAbsolutePath(), Progress.silent())) {
            report = run.perform();
        }

        // Then
        assertThat(report.faults()).isNotEmpty();
        assertThat(report.recovery()).as("calls that were moved, by fault").isNotEmpty();
        assertThat(report.findings()).extracting(Finding::rule).containsAll(RULES);
        assertThat(report.findings())
                .filteredOn(finding -> RULES.contains(finding.rule()))
                .as("%s", report.stories())
                .allMatch(Finding::holds);
    }
}
