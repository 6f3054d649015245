package centralita.local.bench;

import centralita.local.chaos.Spread;
import centralita.local.machine.Machine;
import centralita.simulators.load.LoadPlan;
import centralita.simulators.load.LoadResult;
import centralita.simulators.load.LoadResult.Direction;
import centralita.simulators.load.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a bench found, as it is written to JSON.
 *
 * @param settings the options that decide about the numbers
 * @param medians one per subject and number of calls, over the rounds
 * @param ratios ours to the compared relay's, where both were measured
 * @param runs every single run
 * @param perCore null when it was not asked for
 * @param failover null when it was not asked for
 * @param bridgeStart null when it was not asked for; milliseconds from a bridge's start to its first model session
 */
record BenchReport(
        Machine machine,
        Settings settings,
        List<Median> medians,
        List<Ratio> ratios,
        boolean clean,
        List<Measurement> runs,
        @Nullable PerCore perCore,
        @Nullable Failover failover,
        @Nullable Spread bridgeStart) {

    /**
     * What gateway and bridge carry together on one processor.
     *
     * @param calls the most for which nothing was lost and both delays stayed below the limit at p99
     * @param failedAt the least for which that was not so; 0 when there was none
     * @param runs every try
     */
    record PerCore(int calls, int failedAt, int limitP99Ms, List<Measurement> runs) {}

    /**
     * Bridges killed under calls.
     *
     * @param recovery milliseconds from the last that a call's old model session heard to the first that its new one did
     * @param answer milliseconds from the end of what was said into the gap to the first sound of its answer
     * @param holds whether every rule of the chaos run held
     */
    record Failover(int calls, int kills, Spread recovery, Spread answer, boolean holds) {}

    /** @param command the compared relay's, or null */
    record Settings(
            int rounds,
            long warmUpSeconds,
            long windowSeconds,
            double callsPerSecond,
            LoadPlan.Speech speech,
            long seed,
            @Nullable String command) {}

    /**
     * Medians over the rounds; faults are sums. Microseconds where the name says Us.
     *
     * @param cpuMsPerCallSecondByRole empty where the system does not tell
     */
    record Median(
            String subject,
            int calls,
            @Nullable Double cpuMsPerCallSecond,
            Map<String, Double> cpuMsPerCallSecondByRole,
            double residentKiBPerCall,
            @Nullable Double heapKiBPerCall,
            double toModelP50Us,
            double toModelP99Us,
            double toCallerP50Us,
            double toCallerP99Us,
            double bargeInP50Us,
            double bargeInP99Us,
            double webhookP50Us,
            double webhookP99Us,
            double firstAudioP50Us,
            double generatorLateP99Us,
            double generatorCpuMsPerCallSecond,
            long lost,
            long corrupted,
            long crossed,
            long disordered,
            long stale,
            long unheard,
            int callsThatFailed) {}

    /** Ours divided by theirs: below 1, we need less. */
    record Ratio(int calls, @Nullable Double cpu, double residentPerCall, double toModelP50, double toCallerP50) {}

    BenchReport with(@Nullable PerCore newPerCore, @Nullable Failover newFailover, @Nullable Spread newBridgeStart) {
        return new BenchReport(
                machine, settings, medians, ratios, clean, runs, newPerCore, newFailover, newBridgeStart);
    }

    static BenchReport of(Machine machine, Settings settings, List<Measurement> runs) {
        List<Median> medians = runs.stream()
                .map(run -> Map.entry(run.subject(), run.calls()))
                .distinct()
                .map(key -> median(
                        key.getKey(),
                        key.getValue(),
                        runs.stream()
                                .filter(run -> run.subject().equals(key.getKey()) && run.calls() == key.getValue())
                                .toList()))
                .toList();
        boolean clean =
                !runs.isEmpty() && runs.stream().allMatch(run -> run.load().clean());
        return new BenchReport(machine, settings, medians, ratios(medians), clean, runs, null, null, null);
    }

    private static List<Ratio> ratios(List<Median> medians) {
        return medians.stream()
                .filter(ours -> SuiteSubject.NAME.equals(ours.subject()))
                .flatMap(ours -> medians.stream()
                        .filter(theirs ->
                                CommandSubject.NAME.equals(theirs.subject()) && theirs.calls() == ours.calls())
                        .map(theirs -> ratio(ours, theirs)))
                .toList();
    }

    private static Ratio ratio(Median ours, Median theirs) {
        Double cpu = ours.cpuMsPerCallSecond() == null || theirs.cpuMsPerCallSecond() == null
                ? null
                : (Double) (ours.cpuMsPerCallSecond() / theirs.cpuMsPerCallSecond());
        return new Ratio(
                ours.calls(),
                cpu,
                ours.residentKiBPerCall() / theirs.residentKiBPerCall(),
                ours.toModelP50Us() / theirs.toModelP50Us(),
                ours.toCallerP50Us() / theirs.toCallerP50Us());
    }

    private static Median median(String subject, int calls, List<Measurement> runs) {
        Map<String, Double> byRole = runs.getFirst().roles().keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        role -> middle(
                                runs,
                                run -> Objects.requireNonNull(run.roles().get(role))
                                        .cpuMsPerCallSecond())));
        boolean cpuKnown = runs.stream().allMatch(run -> run.cpuMsPerCallSecond() != null);
        boolean heapKnown = runs.stream()
                .allMatch(run -> !run.roles().isEmpty()
                        && run.roles().values().stream().allMatch(role -> role.heapKiBPerCall() != null));
        return new Median(
                subject,
                calls,
                cpuKnown ? (Double) middle(runs, run -> Objects.requireNonNull(run.cpuMsPerCallSecond())) : null,
                byRole,
                middle(
                        runs,
                        run -> run.roles().values().stream()
                                .mapToDouble(Measurement.Role::residentKiBPerCall)
                                .sum()),
                heapKnown
                        ? (Double) middle(
                                runs,
                                run -> run.roles().values().stream()
                                        .mapToDouble(role -> Objects.requireNonNull(role.heapKiBPerCall()))
                                        .sum())
                        : null,
                delay(runs, load -> load.toModel().delay(), Percentiles::p50),
                delay(runs, load -> load.toModel().delay(), Percentiles::p99),
                delay(runs, load -> load.toCaller().delay(), Percentiles::p50),
                delay(runs, load -> load.toCaller().delay(), Percentiles::p99),
                delay(runs, LoadResult::bargeIn, Percentiles::p50),
                delay(runs, LoadResult::bargeIn, Percentiles::p99),
                delay(runs, LoadResult::webhook, Percentiles::p50),
                delay(runs, LoadResult::webhook, Percentiles::p99),
                delay(runs, LoadResult::firstAudio, Percentiles::p50),
                delay(runs, LoadResult::generatorLate, Percentiles::p99),
                middle(runs, Measurement::generatorCpuMsPerCallSecond),
                faults(runs, Direction::lost),
                faults(runs, Direction::corrupted),
                faults(runs, Direction::crossed),
                faults(runs, Direction::disordered),
                runs.stream().mapToLong(run -> run.load().stale()).sum(),
                faults(runs, Direction::unheard),
                runs.stream()
                        .mapToInt(run -> Math.max(
                                run.calls() - run.load().heard(),
                                run.load().failures().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()))
                        .sum());
    }

    private static double delay(
            List<Measurement> runs, Function<LoadResult, Percentiles> which, ToDoubleFunction<Percentiles> percentile) {
        return middle(runs, run -> percentile.applyAsDouble(which.apply(run.load())));
    }

    private static long faults(List<Measurement> runs, ToLongFunction<Direction> fault) {
        return runs.stream()
                .mapToLong(run -> fault.applyAsLong(run.load().toModel())
                        + fault.applyAsLong(run.load().toCaller()))
                .sum();
    }

    /** The median; of an even number the mean of the two in the middle. */
    static double middle(List<Measurement> runs, ToDoubleFunction<Measurement> value) {
        double[] sorted = runs.stream().mapToDouble(value).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
