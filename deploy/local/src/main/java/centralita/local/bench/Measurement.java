package centralita.local.bench;

import centralita.simulators.load.LoadResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one subject.
 *
 * @param round from 1
 * @param load what callers and model measured
 * @param cpuMsPerCallSecond processor time of all its processes, for one second of one call; null where the system does
 *     not tell
 * @param roles the same by role
 * @param generatorCpuMsPerCallSecond what the load itself took, callers and model together
 */
record Measurement(
        String subject,
        int calls,
        int round,
        LoadResult load,
        @Nullable Double cpuMsPerCallSecond,
        Map<String, Role> roles,
        double generatorCpuMsPerCallSecond) {

    /**
     * One role's processes.
     *
     * @param residentIdleMiB before the first call of this run
     * @param residentMiB with all calls on the line
     * @param residentKiBPerCall the difference, per call. A heap that grows for reasons of its own is in it
     * @param heapKiBPerCall what is alive after a full collection, with all calls less without any, per call; null when
     *     it is no JVM
     */
    record Role(
            double cpuMsPerCallSecond,
            double residentIdleMiB,
            double residentMiB,
            double residentKiBPerCall,
            @Nullable Double heapKiBPerCall) {}
}
