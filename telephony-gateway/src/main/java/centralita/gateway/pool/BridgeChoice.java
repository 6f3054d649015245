package centralita.gateway.pool;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Chooses the bridge of a call. Pure. */
public final class BridgeChoice {
    private BridgeChoice() {}

    /**
     * A bridge as this gateway sees it now.
     *
     * @param load share of its capacity that is taken, calls sent since its last heartbeat included
     * @param fresh whether it gave a sign of life lately: a heartbeat, or over the link
     * @param draining takes nothing, ever
     */
    public record Candidate(String bridgeId, double load, boolean fresh, boolean draining) {
        boolean hasRoom() {
            return load < 1.0;
        }
    }

    /**
     * The less loaded of two that chance names, so that gateways which see the same old picture do not all choose the
     * same. Without a fresh one, the least loaded of the others: a heartbeat may be lost while the bridge lives (F-P8).
     *
     * @return empty when all are full or draining, or there is none
     */
    public static Optional<String> choose(List<Candidate> candidates, RandomGenerator random) {
        var open =
                candidates.stream().filter(it -> !it.draining && it.hasRoom()).toList();
        var fresh = open.stream().filter(Candidate::fresh).toList();
        if (fresh.isEmpty()) {
            return open.stream()
                    .min(java.util.Comparator.comparingDouble(Candidate::load))
                    .map(Candidate::bridgeId);
        }
        var one = fresh.get(random.nextInt(fresh.size()));
        if (fresh.size() == 1) {
            return Optional.of(one.bridgeId);
        }
        var others = fresh.stream().filter(it -> it != one).toList();
        var other = others.get(random.nextInt(others.size()));
        return Optional.of(other.load < one.load ? other.bridgeId : one.bridgeId);
    }
}
