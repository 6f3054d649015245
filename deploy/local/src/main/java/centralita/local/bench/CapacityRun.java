package centralita.local.bench;

import centralita.simulators.load.LoadPlan;
import centralita.simulators.load.LoadResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Puts more and more calls on a subject until it cannot carry them. */
final class CapacityRun {
    static final int LIMIT_P99_MS = 100;
    static final int FIRST_TRY = 100;
    /** The compiler shares the processor: it must have done its work before what it takes can count as capacity. */
    static final int SETTLING_CALLS = 250;

    private static final int TRIES = 2;
    private static final double LIMIT_US = LIMIT_P99_MS * 1_000.0;

    private final Meter meter;
    private final Subject subject;
    private final IntFunction<LoadPlan> plans;
    private final PrintStream out;
    private final List<Measurement> runs = new ArrayList<>();

    /** @param plans what a number of calls does */
    CapacityRun(Meter meter, Subject subject, IntFunction<LoadPlan> plans, PrintStream out) {
        this.meter = meter;
        this.subject = subject;
        this.plans = plans;
        this.out = out;
    }

    /** @param most where it stops looking */
    BenchReport.PerCore find(int most) {
        var found = CapacitySearch.search(FIRST_TRY, most, this::carriesOnce);
        return new BenchReport.PerCore(found.calls(), found.failedAt(), LIMIT_P99_MS, List.copyOf(runs));
    }

    /** One failure may be the machine's. */
    private boolean carriesOnce(int calls) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (carries(calls)) {
                return true;
            }
        }
        return false;
    }

    private boolean carries(int calls) {
        if (meter.stopped()) {
            return false;
        }
        try {
            Measurement run = meter.measure(subject, plans.apply(calls), runs.size() + 1);
            runs.add(run);
            out.printf("one processor: %s%n", RunLine.of(run));
            if (!hadItsLoad(run.load())) {
                out.printf("%d calls: the generator itself was late, so this says nothing of them%n", calls);
            }
            return holds(run.load());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A generator that sends too little, too late, is carried by anything. */
    static boolean hadItsLoad(LoadResult load) {
        return load.generatorLate().p99() < LIMIT_US;
    }

    static boolean holds(LoadResult load) {
        return hadItsLoad(load)
                && load.clean()
                && load.toModel().delay().p99() < LIMIT_US
                && load.toCaller().delay().p99() < LIMIT_US;
    }
}
