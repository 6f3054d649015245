package centralita.local.chaos;

import java.util.Arrays;
import java.util.List;

/** How measured times are spread, in milliseconds. */
public record Spread(int count, long p50, long p95, long p99, long longest) {
    /** @param values in milliseconds, in any order */
    public static Spread of(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Spread(sorted.length, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    /** Nearest rank; 0 when there is nothing. */
    private static long at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    @Override
    public String toString() {
        return "Spread" + Arrays.asList(count, p50, p95, p99, longest);
    }
}
