package centralita.gateway.call;

import java.util.function.DoubleSupplier;

/** Spreads what would happen in one moment: so many a second, each somewhere within its own share of time. Pure. */
final class Pace {
    private final double slotMs;
    private final DoubleSupplier random;
    private double nextMs = Double.NEGATIVE_INFINITY;

    /** @param random from 0 to 1 */
    Pace(int perSecond, DoubleSupplier random) {
        this.slotMs = 1000.0 / perSecond;
        this.random = random;
    }

    /** @return for how long the next one waits; less than its share of time when none came lately */
    long delayMs(long nowMs) {
        var slot = Math.max(nextMs, nowMs);
        nextMs = slot + slotMs;
        return Math.round(slot - nowMs + random.getAsDouble() * slotMs);
    }
}
