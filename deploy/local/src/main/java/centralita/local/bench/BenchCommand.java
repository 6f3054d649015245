package centralita.local.bench;

import centralita.local.bench.BenchReport.Settings;
import centralita.local.chaos.ChaosOrder;
import centralita.local.chaos.ChaosRun;
import centralita.local.chaos.Spread;
import centralita.local.machine.Machine;
import centralita.local.measuring.OrderlyEnd;
import centralita.local.measuring.ReportFile;
import centralita.local.suite.LaunchException;
import centralita.local.suite.SourceFolder;
import centralita.simulators.load.LoadModel;
import centralita.simulators.load.LoadPlan;
import centralita.simulators.load.LoadPlan.Speech;
import centralita.simulators.load.socket.SocketLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code centralita bench}. Exit code 0 when all that was asked for was measured and every frame arrived once, whole and where it
 * belonged; 1 otherwise; 2 for wrong usage.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the audio path: delay, loss, CPU and memory per call of gateway and bridge.",
            "docs/benchmarks/README.md says what each number means."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class BenchCommand implements Callable<Integer> {
    private static final int FAILOVER_CALLS_AT_ONCE = 50;

    @Option(
            names = "--calls",
            split = ",",
            defaultValue = "100",
            description = "Calls at once; several for a sweep: 10,100,300. Default: ${DEFAULT-VALUE}")
    List<Integer> calls;

    @Option(names = "--seconds", defaultValue = "30", description = "Measured time of a run. Default: ${DEFAULT-VALUE}")
    int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds of all calls before it. Default: ${DEFAULT-VALUE}")
    int warmUpSeconds;

    @Option(
            names = "--settle",
            defaultValue = "20",
            description =
                    "Seconds of load on each subject before the first round, for its compiler. Default: ${DEFAULT-VALUE}")
    int settleSeconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Medians are over these. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--rate",
            defaultValue = "20",
            description = "Calls per second that phone in. Default: ${DEFAULT-VALUE}")
    double callsPerSecond;

    @Option(
            names = "--delta-ms",
            defaultValue = "40",
            description = "Audio per event of the model, a multiple of 20. Default: ${DEFAULT-VALUE}")
    int deltaMs;

    @Option(
            names = "--answer-ms",
            defaultValue = "8000",
            description = "Length of an answer. Default: ${DEFAULT-VALUE}")
    int answerMs;

    @Option(
            names = "--sweep",
            arity = "0..1",
            split = ",",
            paramLabel = "N,N,...",
            fallbackValue = "10,100,300,600,1000,1500,2000",
            description = "In place of --calls: from few calls to many. Without numbers: ${FALLBACK-VALUE}")
    List<Integer> sweep = List.of();

    @Option(
            names = "--per-core",
            description =
                    "Then finds how many calls gateway and bridge carry on one processor (p99 below 100 ms, nothing"
                            + " lost); everything else runs on the others. Linux with taskset.")
    boolean perCore;

    @Option(
            names = "--most",
            defaultValue = "2000",
            description = "Where --per-core stops looking. Default: ${DEFAULT-VALUE}")
    int most;

    @Option(
            names = "--failover",
            paramLabel = "N",
            description = "Then kills bridges under N calls in all and measures how soon they go on.")
    @Nullable
    Integer failover;

    @Option(
            names = "--bridge-start",
            paramLabel = "N",
            description =
                    "Then kills and starts the only bridge N times and measures how soon its first session is there.")
    @Nullable
    Integer bridgeStart;

    @Option(names = "--barge-in", description = "Callers interrupt every answer; measures speech_started to clear.")
    boolean bargeIn;

    @Option(names = "--bridges", defaultValue = "1", description = "Bridges of the suite. Default: ${DEFAULT-VALUE}")
    int bridges;

    @Option(names = "--seed", defaultValue = "1", description = "For what is random. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--compare",
            paramLabel = "COMMAND",
            description = {
                "Any other relay, run by sh -c: callers connect to {port} on any path, it connects to {modelUrl}",
                "(or 127.0.0.1:{modelPort}). {extraPort} is a free one. Same in the environment: PORT, MODEL_URL,",
                "MODEL_PORT, MODEL_HOST, EXTRA_PORT, OPENAI_REALTIME_URL."
            })
    @Nullable
    String compare;

    @Option(names = "--relay-only", description = "Measures the compared relay alone.")
    boolean relayOnly;

    @Mixin
    ReportFile file;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!sweep.isEmpty()) {
            calls = sweep;
        }
        if (relayOnly && compare == null) {
            out.println("--relay-only needs --compare COMMAND.");
            return 2;
        }
        var end = new OrderlyEnd();
        Machine machine = Machine.here();
        SocketLoop loop = SocketLoop.start("load-sockets");
        LoadModel model = LoadModel.listen(loop, 0);
        var meter = new Meter(loop, model);
        end.onInterrupt(meter::stop);
        List<Subject> subjects = new ArrayList<>();
        try {
            start(subjects, model);
            List<Measurement> runs = measure(meter, subjects);
            BenchReport report = BenchReport.of(machine, settings(), runs)
                    .with(
                            perCore && !meter.stopped() ? perCore(meter, subjects, model) : null,
                            failover != null && !meter.stopped() ? failover(subjects, failover) : null,
                            bridgeStart != null && !meter.stopped()
                                    ? bridgeStart(meter, subjects, model, bridgeStart)
                                    : null);
            if (runs.isEmpty()) {
                out.println("Nothing was measured.");
                return 1;
            }
            out.println();
            out.print(BenchTable.of(report));
            file.write(report, out);
            return report.clean() && !meter.stopped() && (bridgeStart == null || report.bridgeStart() != null) ? 0 : 1;
        } catch (IllegalStateException e) {
            out.println("The bench failed: " + e.getMessage());
            return 1;
        } finally {
            subjects.reversed().forEach(Subject::close);
            loop.close();
            end.close();
        }
    }

    private void start(List<Subject> subjects, LoadModel model) throws InterruptedException {
        if (!relayOnly) {
            out.println("Starting the suite …");
            subjects.add(SuiteSubject.start(SourceFolder.here(), model.url(), bridges, false, out::println));
        }
        if (compare != null) {
            out.println("Starting the relay to compare with …");
            subjects.add(CommandSubject.start(compare, model.url()));
        }
    }

    private List<Measurement> measure(Meter meter, List<Subject> subjects) throws InterruptedException {
        int most = calls.stream().mapToInt(Integer::intValue).max().orElse(1);
        for (Subject subject : subjects) {
            if (settleSeconds > 0 && !meter.stopped()) {
                out.printf("%s: settling with %d calls for %d s%n", subject.name(), most, settleSeconds);
                meter.measure(subject, plan(most, 0, settleSeconds), 0);
            }
        }
        List<Measurement> runs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            // Who goes first changes, so that what drifts meanwhile hits both alike.
            List<Subject> order = round % 2 == 1 ? subjects : subjects.reversed();
            for (int count : calls) {
                for (Subject subject : order) {
                    if (meter.stopped()) {
                        return runs;
                    }
                    Measurement run = meter.measure(subject, plan(count, warmUpSeconds, seconds), round);
                    runs.add(run);
                    out.printf("round %d: %s%n", round, RunLine.of(run));
                }
            }
        }
        return runs;
    }

    /** On a suite of its own: the others have ended, so that nothing else wants the processor. */
    private BenchReport.PerCore perCore(Meter meter, List<Subject> subjects, LoadModel model)
            throws InterruptedException {
        endAll(subjects);
        out.println("Starting a suite on one processor ...");
        try (Subject subject = SuiteSubject.start(SourceFolder.here(), model.url(), 1, true, out::println)) {
            meter.measure(subject, plan(Math.min(CapacityRun.SETTLING_CALLS, most), 0, settleSeconds), 0);
            return new CapacityRun(meter, subject, count -> plan(count, warmUpSeconds, seconds), out).find(most);
        }
    }

    private BenchReport.Failover failover(List<Subject> subjects, int count) {
        endAll(subjects);
        var order = ChaosOrder.of(seed, count, Math.min(count, FAILOVER_CALLS_AT_ONCE), List.of("bridge-kill"));
        try (var run = ChaosRun.prepare(order, SourceFolder.here(), out::println)) {
            var report = run.perform();
            var recovery = report.recovery().getOrDefault("bridge-kill", Spread.of(List.of()));
            return new BenchReport.Failover(
                    report.calls(), report.faults().size(), recovery, report.answerAfterGap(), report.holds());
        }
    }

    /** Of a suite of its own, with one bridge. */
    private @Nullable Spread bridgeStart(Meter meter, List<Subject> subjects, LoadModel model, int times)
            throws InterruptedException {
        endAll(subjects);
        out.println("Starting a suite whose bridge is started again and again ...");
        try (var subject = SuiteSubject.start(SourceFolder.here(), model.url(), 1, false, out::println)) {
            return new BridgeStarts(subject, model, meter::stopped, out).measure(times);
        } catch (IllegalStateException | CompletionException | LaunchException e) {
            // What was measured before is not lost for it.
            out.println("The start of a bridge was not measured: " + e.getMessage());
            return null;
        }
    }

    private static void endAll(List<Subject> subjects) {
        subjects.reversed().forEach(Subject::close);
        subjects.clear();
    }

    private LoadPlan plan(int count, int warmUp, int window) {
        return new LoadPlan(
                count, callsPerSecond, Duration.ofSeconds(warmUp), Duration.ofSeconds(window), speech(), seed);
    }

    private Speech speech() {
        Speech usual = Speech.usual();
        return new Speech(
                deltaMs,
                answerMs,
                usual.leadMs(),
                usual.callerMs(),
                bargeIn ? OptionalLong.of(Math.min(1_000, answerMs / 2)) : OptionalLong.empty());
    }

    private Settings settings() {
        return new Settings(rounds, warmUpSeconds, seconds, callsPerSecond, speech(), seed, compare);
    }
}
