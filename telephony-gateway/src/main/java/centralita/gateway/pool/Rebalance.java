package centralita.gateway.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether one bridge carries so much more than another that calls should change over. Pure. */
public final class Rebalance {
    private Rebalance() {}

    /** @param gives whether it lives and keeps its calls @param takes whether it takes those of others besides */
    public record Load(String bridgeId, int calls, int capacity, boolean gives, boolean takes) {
        double share() {
            return capacity <= 0 ? 1.0 : (double) calls / capacity;
        }
    }

    /**
     * @param beginShare of capacity by which the fullest bridge must be ahead of the emptiest
     * @param endShare below which it is good enough; less than {@code beginShare}, or calls go to and fro
     * @param leastCalls by which it must be ahead besides: a handful is nobody's burden
     * @param mostMoves at a time, so that several gateways with the same picture do not turn it round
     */
    public record Rule(double beginShare, double endShare, int leastCalls, int mostMoves) {}

    /** So many calls of this bridge are to go elsewhere. */
    public record Move(String fromBridge, int calls) {}

    /** @param underway whether the last look moved calls */
    public static Optional<Move> decide(List<Load> picture, boolean underway, Rule rule) {
        var fullest = picture.stream().filter(Load::gives).max(Comparator.comparingDouble(Load::share));
        var emptiest = picture.stream().filter(Load::takes).min(Comparator.comparingDouble(Load::share));
        if (fullest.isEmpty() || emptiest.isEmpty()) {
            return Optional.empty();
        }
        var ahead = fullest.get().share() - emptiest.get().share();
        var aheadCalls = fullest.get().calls() - emptiest.get().calls();
        if (ahead <= (underway ? rule.endShare : rule.beginShare) || aheadCalls < rule.leastCalls) {
            return Optional.empty();
        }
        // Half of the difference evens it out; more would turn it round.
        var calls = Math.min(rule.mostMoves, Math.max(1, aheadCalls / 2));
        return Optional.of(new Move(fullest.get().bridgeId(), calls));
    }
}
