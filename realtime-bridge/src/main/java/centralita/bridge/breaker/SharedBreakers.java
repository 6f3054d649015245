package centralita.bridge.breaker;

import io.smallrye.mutiny.Uni;

/** What all bridges together know of a provider. Never blocks. */
public interface SharedBreakers {
    /**
     * What one bridge has seen since its last report.
     *
     * @param certain whether it is certain that the provider will not answer
     */
    record Report(String provider, int good, int bad, boolean certain) {}

    /**
     * What holds for everybody.
     *
     * @param phase {@code closed}, {@code open}, {@code half-open}
     * @param restMs how long it stays open
     */
    record Verdict(String phase, long restMs, int goodProbes) {}

    /** Adds what was seen and answers what holds now. @return a failure when nobody can be asked in time */
    Uni<Verdict> report(Report report, BreakerConfig config);
}
