package centralita.local.soak;

import java.util.List;

/**
 * A straight line through a figure's samples, by least squares.
 *
 * @param figure its name
 * @param perHour by how much the line rises in an hour
 * @param standardError of that, per hour
 * @param first where the line begins
 * @param growth by how much it rises over all samples
 * @param tolerated growth of the figure that is noise, whatever the line says
 */
record Slope(
        String figure,
        int samples,
        double perHour,
        double standardError,
        double first,
        double growth,
        double tolerated) {
    /** So many standard errors above zero is no chance: samples of a process are not independent of one another. */
    private static final double SURE = 4;

    private static final double SECONDS_PER_HOUR = 3_600;

    /** @param points seconds and value; at least three */
    static Slope of(String figure, List<double[]> points, double tolerated) {
        int n = points.size();
        if (n < 3) {
            throw new IllegalArgumentException("a line through less than three samples says nothing");
        }
        double meanX = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
        double meanY = points.stream().mapToDouble(point -> point[1]).average().orElse(0);
        double xx = points.stream()
                .mapToDouble(point -> (point[0] - meanX) * (point[0] - meanX))
                .sum();
        double xy = points.stream()
                .mapToDouble(point -> (point[0] - meanX) * (point[1] - meanY))
                .sum();
        double slope = xy / xx;
        double rest = points.stream()
                .mapToDouble(point -> point[1] - meanY - slope * (point[0] - meanX))
                .map(residual -> residual * residual)
                .sum();
        double error = Math.sqrt(rest / (n - 2) / xx);
        double span = points.getLast()[0] - points.getFirst()[0];
        return new Slope(
                figure,
                n,
                slope * SECONDS_PER_HOUR,
                error * SECONDS_PER_HOUR,
                meanY + slope * (points.getFirst()[0] - meanX),
                slope * span,
                tolerated);
    }

    /** Whether the figure grows: surely, and by more than what does not matter. */
    boolean rises() {
        return growth > tolerated && perHour > SURE * standardError;
    }
}
