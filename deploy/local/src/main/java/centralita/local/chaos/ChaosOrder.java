package centralita.local.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What run is wanted.
 *
 * @param seed decides which faults come when, and what callers do
 * @param calls in all
 * @param concurrent at a time
 * @param talk of a call on the average, before its caller comes to his end, which takes ten seconds more
 * @param callsPerSecond new ones at most
 * @param faults kinds, in the words of the table; empty for no fault at all
 * @param leastPeace between two faults
 * @param mostPeace between two faults
 * @param limit no new calls after this; empty for no limit
 * @param bridges at least 2, so that a call has somewhere to go
 * @param platformEnds share of the calls whose provider ends the call when a stream ends, 0 to 1
 * @param sessionLimit after which a model session expires; empty: the vendor's
 */
public record ChaosOrder(
        long seed,
        int calls,
        int concurrent,
        Duration talk,
        double callsPerSecond,
        List<String> faults,
        Duration leastPeace,
        Duration mostPeace,
        Optional<Duration> limit,
        int bridges,
        int gateways,
        double platformEnds,
        Optional<Duration> sessionLimit) {
    public ChaosOrder {
        faults = List.copyOf(faults);
        if (calls < 1 || concurrent < 1 || bridges < 2 || gateways < 1) {
            throw new IllegalArgumentException("at least one call at a time, two bridges and one gateway");
        }
        faults.forEach(FaultKind::of);
    }

    /** Short: some seconds of peace, three bridges, two gateways. */
    public static ChaosOrder of(long seed, int calls, int concurrent, List<String> faults) {
        return new ChaosOrder(
                seed,
                calls,
                concurrent,
                Duration.ofSeconds(20),
                5,
                faults,
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                Optional.empty(),
                3,
                2,
                0,
                Optional.empty());
    }

    List<FaultKind> kinds() {
        return faults.stream().map(FaultKind::of).toList();
    }
}
