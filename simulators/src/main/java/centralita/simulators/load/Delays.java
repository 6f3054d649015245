package centralita.simulators.load;

import org.HdrHistogram.Histogram;

/**
 * A histogram of delays with three digits, up to a minute. Not thread-safe: it belongs to the thread that records.
 */
final class Delays {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);

    /** @param nanos longer than a minute counts as a minute; negative, which only a mix-up of clocks gives, as 0 */
    void record(long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }

    void reset() {
        histogram.reset();
    }

    Percentiles percentiles() {
        return Percentiles.of(histogram);
    }
}
