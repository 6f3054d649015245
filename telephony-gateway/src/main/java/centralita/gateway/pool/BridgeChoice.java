package centralita.gateway.pool;

import centralita.livestate.BridgeEntry;
import java.util.Comparator;
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
     * @param state as it said last; whether it has too much to do is worth nothing when it is not fresh
     */
    public record Candidate(String bridgeId, double load, boolean fresh, BridgeEntry.State state) {
        boolean open() {
            return load < 1.0 && state != BridgeEntry.State.DRAINING;
        }
    }

    /**
     * A bridge for a call that can do without one: none that has more to do than it can (F-R6). Otherwise as
     * {@link #choose}.
     */
    public static Optional<String> chooseAtEase(List<Candidate> candidates, RandomGenerator random) {
        var open = candidates.stream().filter(Candidate::open).toList();
        var fresh = open.stream().filter(Candidate::fresh).toList();
        return fresh.isEmpty() ? leastLoaded(atEase(open)) : lessLoadedOfTwo(atEase(fresh), random);
    }

    /**
     * A bridge for a call that lives. The less loaded of two that chance names, so that gateways which see the same old
     * picture do not all choose the same; one that has too much to do only without another. Without a fresh one, the least
     * loaded of the others: a heartbeat may be lost while the bridge lives (F-P8).
     *
     * @return empty when all are full or draining, or there is none
     */
    public static Optional<String> choose(List<Candidate> candidates, RandomGenerator random) {
        var open = candidates.stream().filter(Candidate::open).toList();
        var fresh = open.stream().filter(Candidate::fresh).toList();
        var atEase = atEase(fresh);
        return fresh.isEmpty() ? leastLoaded(open) : lessLoadedOfTwo(atEase.isEmpty() ? fresh : atEase, random);
    }

    private static List<Candidate> atEase(List<Candidate> some) {
        return some.stream().filter(it -> it.state == BridgeEntry.State.READY).toList();
    }

    private static Optional<String> leastLoaded(List<Candidate> open) {
        return open.stream().min(Comparator.comparingDouble(Candidate::load)).map(Candidate::bridgeId);
    }

    private static Optional<String> lessLoadedOfTwo(List<Candidate> some, RandomGenerator random) {
        if (some.isEmpty()) {
            return Optional.empty();
        }
        var one = some.get(random.nextInt(some.size()));
        if (some.size() == 1) {
            return Optional.of(one.bridgeId);
        }
        var others = some.stream().filter(it -> it != one).toList();
        var other = others.get(random.nextInt(others.size()));
        return Optional.of(other.load < one.load ? other.bridgeId : one.bridgeId);
    }
}
