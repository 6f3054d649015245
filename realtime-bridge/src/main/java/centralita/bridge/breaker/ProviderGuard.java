package centralita.bridge.breaker;

import centralita.bridge.breaker.Breaker.Phase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

/** What this bridge knows of one provider. On the media event loop only, except for its gauge. */
final class ProviderGuard {
    private static final Logger LOG = Logger.getLogger(ProviderGuard.class);
    /** A report that nobody takes does not grow for ever. */
    private static final int MOST_UNREPORTED = 10_000;

    static final int NO_PROBE = 0;
    /** A probe whose caller says nothing comes to no answer, which tells nothing of the provider. */
    private static final long PROBE_MS = 8_000;

    private final String name;
    private final Breaker.Rules rules;
    private final MeterRegistry meters;
    private volatile Breaker breaker = Breaker.CLOSED;
    private long restUntilMs = Long.MIN_VALUE;
    private int lastProbe;
    private int probe = NO_PROBE;
    private long probeSinceMs;
    private int good;
    private int bad;
    private boolean certain;

    ProviderGuard(String name, Breaker.Rules rules, MeterRegistry meters) {
        this.name = name;
        this.rules = rules;
        this.meters = meters;
        Gauge.builder("model.breaker.open", this, guard -> guard.breaker.phase() == Phase.CLOSED ? 0 : 1)
                .tag("provider", name)
                .register(meters);
    }

    String name() {
        return name;
    }

    /** While it is tried out, one session at a time of each bridge. */
    boolean usable(long nowMs) {
        change(breaker.at(nowMs));
        return nowMs >= restUntilMs
                && switch (breaker.phase()) {
                    case CLOSED -> true;
                    case OPEN -> false;
                    case HALF_OPEN -> probeIsFree(nowMs);
                };
    }

    private boolean probeIsFree(long nowMs) {
        return probe == NO_PROBE || nowMs - probeSinceMs >= PROBE_MS;
    }

    /** @return the number of the probe that this session is; {@link #NO_PROBE} when it is none */
    int opening(long nowMs) {
        change(breaker.at(nowMs));
        if (breaker.phase() != Phase.HALF_OPEN || !probeIsFree(nowMs)) {
            return NO_PROBE;
        }
        probe = ++lastProbe;
        probeSinceMs = nowMs;
        return probe;
    }

    /** A session is over, or has shown that it is good. @param number as {@link #opening} gave it */
    void judged(int number) {
        if (number == probe) {
            probe = NO_PROBE;
        }
    }

    void succeeded(long nowMs) {
        good = Math.min(MOST_UNREPORTED, good + 1);
        change(breaker.at(nowMs).succeeded(rules, nowMs));
    }

    /** @param restMs how long the provider asks to be left alone; 0: it does not say */
    void failed(long nowMs, long restMs) {
        bad = Math.min(MOST_UNREPORTED, bad + 1);
        if (restMs > 0) {
            restUntilMs = Math.max(restUntilMs, nowMs + restMs);
        }
        change(breaker.at(nowMs).failed(rules, nowMs));
    }

    /** Its account is closed or empty: every other session would come to nothing as well. */
    void cannotAnswer(long nowMs) {
        certain = true;
        change(breaker.at(nowMs).tripped(rules, nowMs));
    }

    SharedBreakers.Report takeReport() {
        var report = new SharedBreakers.Report(name, good, bad, certain);
        good = 0;
        bad = 0;
        certain = false;
        return report;
    }

    /** Nobody has taken it. */
    void giveBack(SharedBreakers.Report report) {
        good = Math.min(MOST_UNREPORTED, good + report.good());
        bad = Math.min(MOST_UNREPORTED, bad + report.bad());
        certain |= report.certain();
    }

    /** What all bridges together have seen holds; but not against what was seen here since the report. */
    void agree(SharedBreakers.Verdict verdict, long nowMs) {
        if (bad > 0 || certain) {
            return;
        }
        change(
                switch (verdict.phase()) {
                    case "open" -> new Breaker(Phase.OPEN, nowMs + verdict.restMs(), 0, Window.EMPTY);
                    case "half-open" -> new Breaker(Phase.HALF_OPEN, 0, verdict.goodProbes(), Window.EMPTY);
                    default -> breaker.phase() == Phase.CLOSED ? breaker : Breaker.CLOSED;
                });
    }

    private void change(Breaker next) {
        var before = breaker.phase();
        breaker = next;
        if (before != next.phase()) {
            probe = NO_PROBE;
            meters.counter("model.breaker.changes", "provider", name).increment();
            LOG.warnf("A provider of models is now judged anew. provider=%s from=%s to=%s", name, before, next.phase());
        }
    }
}
