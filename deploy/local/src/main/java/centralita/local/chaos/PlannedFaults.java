package centralita.local.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells what planned faults have to answer for (F-P6). Times are milliseconds of {@link System#nanoTime()}.
 *
 * @param strikes all that took place, planned or not
 */
record PlannedFaults(List<Strike> strikes) {
    /** A fault has to answer for what begins so long after it was healed. */
    private static final long FELT_MS = 5_000;

    /**
     * The planned fault whose doing it is what begins at a moment. Of several it is the last before it: a call that is
     * moved by one restart and then by another was moved once by each. Empty when none is felt, and while an unplanned
     * one is, because that may do anything.
     */
    Optional<Strike> behind(long atMs) {
        return excused(atMs)
                ? Optional.empty()
                : strikes.stream()
                        .filter(strike -> isPlanned(strike) && isFelt(strike, atMs))
                        .max(Comparator.comparingLong(Strike::atMs));
    }

    /** Whether a call was not heard for a time because of a planned fault. */
    boolean interrupted(Gap gap) {
        return !gap.fault().equals(Gap.NO_FAULT) && FaultKind.of(gap.fault()).planned() && !excused(gap.fromMs());
    }

    private boolean excused(long atMs) {
        return strikes.stream().anyMatch(strike -> !isPlanned(strike) && isFelt(strike, atMs));
    }

    private static boolean isPlanned(Strike strike) {
        return FaultKind.of(strike.fault()).planned();
    }

    private static boolean isFelt(Strike strike, long atMs) {
        return atMs >= strike.atMs() && atMs <= strike.overMs() + FELT_MS;
    }
}
