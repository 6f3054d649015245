package centralita.simulators.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.HdrHistogram.Histogram;

/**
 * A distribution in numbers, microseconds.
 *
 * @param count how many were measured; with 0 the others say nothing
 */
public record Percentiles(
        long count,
        @JsonProperty("p50Us") double p50,
        @JsonProperty("p90Us") double p90,
        @JsonProperty("p99Us") double p99,
        @JsonProperty("p999Us") double p999,
        @JsonProperty("maxUs") double max) {

    /** @param histogram of nanoseconds */
    static Percentiles of(Histogram histogram) {
        return new Percentiles(
                histogram.getTotalCount(),
                micros(histogram.getValueAtPercentile(50)),
                micros(histogram.getValueAtPercentile(90)),
                micros(histogram.getValueAtPercentile(99)),
                micros(histogram.getValueAtPercentile(99.9)),
                micros(histogram.getMaxValue()));
    }

    private static double micros(long nanos) {
        return nanos / 1000.0;
    }
}
