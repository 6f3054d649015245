package centralita.edge.strain;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the heap where what lives long is. What its collector left there says how full it is; what is in it between
 * two collections says nothing, since garbage is in it, too. Known of the serial and the parallel collector; G1 tells garbage
 * with it after a concurrent mark, and others have no such part.
 */
final class OldGeneration {
    private final Optional<MemoryPoolMXBean> pool;

    OldGeneration() {
        pool = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(it -> it.getType() == MemoryType.HEAP)
                .filter(it -> it.getName().contains("Old") || it.getName().contains("Tenured"))
                .findFirst();
    }

    /** Whether this collector has one. */
    boolean isKnown() {
        return pool.isPresent();
    }

    /** Bytes that the last collection left; another one hardly ever leaves as many. */
    long left() {
        return pool.map(MemoryPoolMXBean::getCollectionUsage)
                .map(MemoryUsage::getUsed)
                .orElse(0L);
    }

    /** Share of it that is in use: after the last collection, or now when that is less. 0 before the first one. */
    double share() {
        return pool.map(it -> Math.min(share(it.getCollectionUsage()), share(it.getUsage())))
                .orElse(0.0);
    }

    private static double share(@Nullable MemoryUsage usage) {
        return usage == null || usage.getMax() <= 0 ? 0 : (double) usage.getUsed() / usage.getMax();
    }
}
