package centralita.local.chaos;

import centralita.contracts.call.CallFact;
import centralita.local.machine.Machine;
import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.Asked.Outcome;
import centralita.simulators.continuity.SessionLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run found, as it is written to JSON.
 *
 * @param machineLateP99Ms how late a thread of the callers' process was woken, at p99: where it is more than some
 *     milliseconds, the machine was the bottleneck
 * @param settings the options that decide about it
 * @param recovery by fault: from the last that the old model session heard of a caller to the first that the new one did
 * @param interruptions by fault: times in which a model session that stayed heard nothing, longer than 300 ms
 * @param switches by cause: how long no model session heard the caller when one took the place of another in one bridge
 * @param answerAfterGap from the end of what a caller said into a gap to the first sound of the answer
 * @param answer the same at other times
 * @param saidWithoutStream questions that no server can have heard
 * @param movesPerCall how many calls were moved so many times
 * @param holds whether every rule held
 * @param stories of calls for which one did not
 */
public record ChaosReport(
        Machine machine,
        long machineLateP99Ms,
        Settings settings,
        long tookSeconds,
        int calls,
        int callsEndedByPlatform,
        List<Told> faults,
        List<Finding> findings,
        Map<String, Spread> recovery,
        Map<String, Spread> interruptions,
        Map<String, Spread> switches,
        Spread answerAfterGap,
        Spread answer,
        SaidWithoutStream saidWithoutStream,
        Map<Integer, Integer> movesPerCall,
        Map<String, Integer> outcomes,
        int modelSessions,
        long events,
        boolean holds,
        List<Story> stories) {

    /** @param faults in the words of the command line */
    public record Settings(
            long seed, int calls, int concurrent, int talkSeconds, int bridges, int gateways, List<String> faults) {}

    /** @param atSeconds since the first call; @param lastedMs until it was healed */
    public record Told(double atSeconds, String fault, String detail, int liveCalls, long lastedMs, String note) {}

    static ChaosReport of(Machine machine, long machineLateP99Ms, Settings settings, Evidence evidence, long beganMs) {
        var gaps = Gap.of(evidence.sessions(), evidence.callers(), evidence.strikes());
        var findings = Invariants.judge(evidence, gaps);
        var byCall = gaps.stream().collect(Collectors.groupingBy(Gap::callId));
        return new ChaosReport(
                machine,
                machineLateP99Ms,
                settings,
                (evidence.nowMs() - beganMs) / 1_000,
                evidence.callers().size() + evidence.stuck(),
                (int) evidence.callers().stream()
                        .filter(caller -> evidence.endedByPlatform().contains(caller.caller()) && !caller.finished())
                        .count(),
                evidence.strikes().stream().map(strike -> told(strike, beganMs)).toList(),
                findings,
                spreads(gaps, Gap::moved),
                spreads(gaps, gap -> !gap.moved()),
                switches(evidence),
                answers(evidence, byCall, true),
                answers(evidence, byCall, false),
                SaidWithoutStream.of(evidence.callers()),
                moves(evidence),
                outcomes(evidence),
                evidence.sessions().size(),
                evidence.events(),
                findings.stream().allMatch(Finding::holds),
                Story.of(evidence, findings, gaps, beganMs));
    }

    private static Told told(Strike strike, long beganMs) {
        return new Told(
                (strike.atMs() - beganMs) / 1_000.0,
                strike.fault(),
                strike.detail(),
                strike.liveCalls(),
                strike.overMs() - strike.atMs(),
                strike.note());
    }

    private static Map<String, Spread> spreads(List<Gap> gaps, Predicate<Gap> such) {
        return gaps.stream()
                .filter(such)
                .collect(Collectors.groupingBy(
                        Gap::fault,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Gap::lengthMs, Collectors.toList()), Spread::of)));
    }

    private static Map<String, Spread> switches(Evidence evidence) {
        return evidence.lifecycle().values().stream()
                .flatMap(call -> call.switches().stream())
                .collect(Collectors.groupingBy(
                        CallFact.ModelSwitched::cause,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(CallFact.ModelSwitched::gapMs, Collectors.toList()), Spread::of)));
    }

    private static Spread answers(Evidence evidence, Map<String, List<Gap>> gaps, boolean inGap) {
        return Spread.of(evidence.callers().stream()
                .flatMap(caller -> caller.asked().stream()
                        .filter(one -> one.outcome() == Outcome.ANSWERED && one.soundMs() >= 0 && one.toMs() > 0)
                        .filter(one -> inGap
                                == gaps.getOrDefault(caller.callId(), List.of()).stream()
                                        .anyMatch(gap -> gap.swallows(one.fromMs(), one.toMs())))
                        .map(Asked::soundMs))
                .toList());
    }

    private static Map<Integer, Integer> moves(Evidence evidence) {
        Map<String, Long> heard = evidence.sessions().stream()
                .filter(session -> session.firstHeardMs() >= 0)
                .collect(Collectors.groupingBy(SessionLog.Session::callId, Collectors.counting()));
        return heard.values().stream()
                .collect(Collectors.toMap(count -> (int) (count - 1), _ -> 1, Integer::sum, TreeMap::new));
    }

    private static Map<String, Integer> outcomes(Evidence evidence) {
        return evidence.lifecycle().values().stream()
                .flatMap(call -> call.endings().stream())
                .collect(Collectors.toMap(
                        ended -> ended.outcome() + " " + ended.reason(), _ -> 1, Integer::sum, TreeMap::new));
    }
}
