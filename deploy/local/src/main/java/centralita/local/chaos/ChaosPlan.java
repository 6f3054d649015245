package centralita.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults come and how long there is peace before each: an endless sequence that the seed decides. Every kind comes
 * once before any comes again.
 */
final class ChaosPlan {
    private final ChaosDice dice;
    private final Random order;
    private final List<FaultKind> kinds;
    private final Duration leastPeace;
    private final Duration mostPeace;
    private final List<FaultKind> round = new ArrayList<>();

    /** @param peace the fault comes so long after the one before was healed */
    record Planned(Duration peace, Fault fault) {}

    ChaosPlan(long seed, List<FaultKind> kinds, int bridges, int gateways, Duration leastPeace, Duration mostPeace) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a plan needs a kind of fault");
        }
        this.dice = new ChaosDice(seed, bridges, gateways);
        this.order = new Random(~seed);
        this.kinds = List.copyOf(kinds);
        this.leastPeace = leastPeace;
        this.mostPeace = mostPeace;
    }

    Planned next() {
        if (round.isEmpty()) {
            round.addAll(kinds);
            Collections.shuffle(round, order);
        }
        var fault = round.removeFirst().make(dice);
        long span = mostPeace.minus(leastPeace).toMillis();
        return new Planned(leastPeace.plusMillis(order.nextLong(span + 1)), fault);
    }

    /** The first so many. */
    List<Planned> next(int count) {
        var planned = new ArrayList<Planned>();
        for (int i = 0; i < count; i++) {
            planned.add(next());
        }
        return planned;
    }
}
