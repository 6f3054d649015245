package centralita.edge.strain;

/**
 * Whether a process has more to do than it can. It has when its event loop was late for most of the last seconds, however that
 * came about (too many calls, a neighbour on the machine, a processor that was taken away), or when so much of the heap is
 * still in use after a collection that the collector will soon do nothing else. One long pause is neither.
 *
 * <p>Pure: it is told what was seen and when. Ends at less than it begins at, so that a process at its limit does not take
 * and refuse in turns.
 */
public final class Strain {
    /** A pause counts no more than this, however long it was: what it did is done. */
    private static final long LONGEST_MS = 2_000;

    private final Limits limits;
    private double lateShare;
    private boolean late;
    private boolean full;

    /**
     * @param lateMs a loop that comes to its work later than this is late
     * @param memoryMs about so far it looks back: late at every look, it is strained after some 7 tenths of this (later, if it
     *     is looked at less often than every two seconds), and never late any more, it has recovered after 16 tenths
     * @param fullHeap share of the old generation that is in use after a collection, 0 to 1
     */
    public record Limits(long lateMs, long memoryMs, double fullHeap) {}

    /** Late for more of the time than this is strained; for less than the second it has recovered. */
    private static final double MOSTLY_LATE = 0.5;

    private static final double SELDOM_LATE = 0.2;

    /** A heap must have lost so much before it counts as recovered. */
    private static final double FULL_HEAP_MARGIN = 0.1;

    public Strain(Limits limits) {
        this.limits = limits;
    }

    /**
     * What was seen now.
     *
     * @param elapsedMs since the last look; 0 and more
     * @param lateMs by which the loop came later to this look than it was to
     * @param oldGeneration share that is in use after the last collection, 0 to 1; 0 when it is not known
     */
    public void look(long elapsedMs, long lateMs, double oldGeneration) {
        var weight = 1 - Math.exp(-(double) Math.min(elapsedMs, LONGEST_MS) / limits.memoryMs);
        lateShare += ((lateMs > limits.lateMs ? 1 : 0) - lateShare) * weight;
        late = late ? lateShare >= SELDOM_LATE : lateShare > MOSTLY_LATE;
        full = full ? oldGeneration > limits.fullHeap - FULL_HEAP_MARGIN : oldGeneration > limits.fullHeap;
    }

    /** Whether the loop is late most of the time. */
    public boolean late() {
        return late;
    }

    /** Whether the heap is as good as full. */
    public boolean full() {
        return full;
    }

    /** Whether new work should go elsewhere. */
    public boolean strained() {
        return late || full;
    }
}
