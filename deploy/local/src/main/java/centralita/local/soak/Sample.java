package centralita.local.soak;

import java.util.Map;

/**
 * What was seen at one moment.
 *
 * @param atSeconds since the first call
 * @param figures by name, as {@code realtime-bridge-1 heap MiB}
 */
record Sample(double atSeconds, int liveCalls, Map<String, Double> figures) {}
