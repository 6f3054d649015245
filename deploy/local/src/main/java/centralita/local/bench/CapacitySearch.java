package centralita.local.bench;

import java.util.function.IntPredicate;

/** Finds how many calls something can carry, in few tries: by doubling until it fails, then by halving the doubt. Pure. */
final class CapacitySearch {
    /** The answer is exact enough when what failed is at most a tenth more than what held. */
    private static final double EXACT_ENOUGH = 1.1;

    private CapacitySearch() {}

    /**
     * @param calls the most that held; 0 when not even the least did
     * @param failedAt the least that failed; 0 when nothing did
     */
    record Found(int calls, int failedAt) {}

    /**
     * @param least first try
     * @param most last try, if all before it hold
     * @param holds tries a number of calls
     */
    static Found search(int least, int most, IntPredicate holds) {
        int held = 0;
        int failed = 0;
        int next = Math.min(least, most);
        while (next > 0) {
            if (holds.test(next)) {
                held = next;
            } else {
                failed = next;
            }
            next = next(held, failed, most);
        }
        return new Found(held, failed);
    }

    /** @return 0 when the search is over */
    private static int next(int held, int failed, int most) {
        if (failed == 0) {
            return held >= most ? 0 : Math.min(most, held * 2);
        }
        if (held == 0 || failed <= held * EXACT_ENOUGH) {
            return 0;
        }
        return (held + failed) / 2;
    }
}
