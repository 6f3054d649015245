package centralita.local.chaos;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How calls went from one bridge or stream to another: without a loss when it was planned, and soon when it was not. Pure. */
final class MoveRules {
    private static final long RECOVERED_P95_MS = 2_000;
    private static final long RECOVERED_P99_MS = 4_000;
    private static final int ENOUGH_FOR_SHARES = 100;
    /** A gap is seen at the model, a move at the gateway. */
    private static final long CLOCKS_DIFFER_MS = 1_000;
    /** A move's cause when the bridge was gone ({@code CallFact.Moved}). */
    private static final String LOST = "lost";

    private static final long INTERRUPTED_MS = 1_000;
    private static final Set<FaultKind> BRIDGE_LEAVES =
            EnumSet.of(FaultKind.BRIDGE_RESTART, FaultKind.BRIDGE_DRAIN, FaultKind.DEPLOY_POSTGRES_GONE);

    private final Evidence evidence;
    private final List<Gap> gaps;
    private final PlannedFaults planned;

    MoveRules(Evidence evidence, List<Gap> gaps) {
        this.evidence = evidence;
        this.gaps = List.copyOf(gaps);
        this.planned = new PlannedFaults(evidence.strikes());
    }

    /**
     * F-P6. Moves count from the moment that the old bridge served no more, so that a late recovery from a planned fault
     * is its own and one from an earlier fault is not.
     */
    Finding plannedIsNoLoss() {
        long looked = 0;
        var lost = new ArrayList<String>();
        for (var caller : evidence.callers()) {
            for (var move : evidence.lifecycleOf(caller).moves()) {
                var behind = planned.behind(evidence.momentOf(move.begunAt()));
                looked += behind.isPresent() ? 1 : 0;
                behind.filter(_ -> move.fact().cause().equals(LOST))
                        .ifPresent(strike -> lost.add(CallerRules.name(caller) + " lost "
                                + move.fact().fromBridge() + " by " + strike.fault()));
            }
            for (var stream : caller.call().streams()) {
                var behind = planned.behind(stream.endedAtMs());
                looked += behind.isPresent() ? 1 : 0;
                behind.filter(_ -> stream.brokeOff())
                        .ifPresent(
                                strike -> lost.add(CallerRules.name(caller) + " stream broken by " + strike.fault()));
            }
        }
        return Finding.of("planned-is-no-loss", "what is restarted on purpose takes its leave", looked, lost);
    }

    /** F-P6. */
    Finding movedOnce() {
        long looked = 0;
        var often = new ArrayList<String>();
        for (var caller : evidence.callers()) {
            var moves = evidence.lifecycleOf(caller).moves().stream()
                    .flatMap(move -> planned.behind(evidence.momentOf(move.begunAt())).stream())
                    .filter(strike -> BRIDGE_LEAVES.contains(FaultKind.of(strike.fault())))
                    .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
            looked += moves.size();
            moves.forEach((strike, times) -> {
                if (times > 1) {
                    often.add(CallerRules.name(caller) + " " + times + " times by " + strike.fault());
                }
            });
        }
        return Finding.of("moved-once", "a bridge that leaves on purpose moves a call once", looked, often);
    }

    /** F-P6. */
    Finding longGaps() {
        var interruptions = gaps.stream().filter(planned::interrupted).toList();
        return Finding.of(
                "long-gaps",
                "after a planned fault a call is not unheard for more than 1 s",
                interruptions.size(),
                interruptions.stream()
                        .filter(gap -> gap.lengthMs() > INTERRUPTED_MS)
                        .map(gap -> gap.callId() + " " + gap.lengthMs() + " ms by " + gap.fault())
                        .toList());
    }

    /** F-P1. Fewer say nothing about a share of 99 %. */
    Finding recovery() {
        var killed = Spread.of(gaps.stream()
                .filter(gap -> gap.moved() && gap.fault().equals(FaultKind.BRIDGE_KILL.word()) && lostBridge(gap))
                .map(Gap::lengthMs)
                .toList());
        var late = new ArrayList<String>();
        if (killed.count() >= ENOUGH_FOR_SHARES && killed.p95() > RECOVERED_P95_MS) {
            late.add("p95 " + killed.p95() + " ms");
        }
        if (killed.count() >= ENOUGH_FOR_SHARES && killed.p99() > RECOVERED_P99_MS) {
            late.add("p99 " + killed.p99() + " ms");
        }
        return Finding.of(
                "recovery-time",
                "after a kill another session hears 95 % of callers within 2 s, 99 % within 4 s",
                killed.count(),
                late);
    }

    /** Whether a call had no bridge in that time, and not only another model session, or another bridge in peace. */
    private boolean lostBridge(Gap gap) {
        var from = evidence.wallClock(gap.fromMs() - CLOCKS_DIFFER_MS);
        var to = evidence.wallClock(gap.toMs() + CLOCKS_DIFFER_MS);
        return evidence
                .lifecycle()
                .getOrDefault(UUID.fromString(gap.callId()), new LifecycleLog.Call())
                .moves()
                .stream()
                .filter(move -> !move.fact().cause().equals("draining")
                        && !move.fact().cause().equals("rebalance"))
                .anyMatch(move ->
                        !move.begunAt().isBefore(from) && !move.begunAt().isAfter(to));
    }
}
