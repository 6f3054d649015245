package centralita.local.chaos;

import centralita.contracts.call.EndReason;
import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.Asked.Outcome;
import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.Question;
import centralita.simulators.continuity.SessionLog;
import centralita.simulators.twilio.CallReport.EndedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges a run: pure, from what the witnesses saw. {@code docs/chaos.md} explains each rule. */
final class Invariants {
    private static final Duration TERMINAL_WITHIN = Duration.ofMinutes(2);
    private static final long SESSION_OUTLIVES_MS = 60_000;
    private static final long LONGEST_SILENCE_MS = 3_000;
    private static final long RECOVERED_P95_MS = 2_000;
    private static final long RECOVERED_P99_MS = 4_000;
    private static final int ENOUGH_FOR_SHARES = 100;
    private static final long LONGEST_WITHOUT_STREAM_MS = 5_000;
    /** A gap is seen at the model, a move at the gateway. */
    private static final long CLOCKS_DIFFER_MS = 1_000;

    private static final int FRAME_MS = 20;
    /** A move's cause when the bridge was gone ({@code CallFact.Moved}). */
    private static final String LOST = "lost";

    private static final long INTERRUPTED_MS = 1_000;
    private static final Set<FaultKind> BRIDGE_LEAVES = EnumSet.of(FaultKind.BRIDGE_RESTART, FaultKind.BRIDGE_DRAIN);

    private final Evidence evidence;
    private final List<Gap> allGaps;
    private final Map<String, List<Gap>> gaps = new HashMap<>();
    private final PlannedFaults planned;
    /** Callers with a line, without those whose provider ended the call as it was told to. */
    private final List<ContinuityReport> ours;

    private Invariants(Evidence evidence, List<Gap> allGaps) {
        this.evidence = evidence;
        this.allGaps = allGaps;
        this.planned = new PlannedFaults(evidence.strikes());
        allGaps.forEach(gap ->
                gaps.computeIfAbsent(gap.callId(), _ -> new ArrayList<>()).add(gap));
        ours = evidence.callers().stream()
                .filter(caller -> !platformEnded(caller))
                .toList();
    }

    static List<Finding> judge(Evidence evidence, List<Gap> gaps) {
        var invariants = new Invariants(evidence, gaps);
        return List.of(
                invariants.dropped(),
                invariants.greetedTwice(),
                invariants.forgotten(
                        "forgotten-tool-result", "the result of a tool is known to the end", Question.TIME_AGAIN),
                invariants.forgotten(
                        "forgotten-code-word", "what the caller said is known to the end", Question.WORD_AGAIN),
                invariants.unansweredInGap(),
                invariants.unanswered(),
                invariants.deadAir(),
                invariants.oneVoice(),
                invariants.crossed(),
                invariants.lostFrames(),
                invariants.plannedIsNoLoss(),
                invariants.movedOnce(),
                invariants.longGaps(),
                invariants.recovery(gaps),
                invariants.withoutStream(),
                invariants.oneTerminalEvent(),
                invariants.factsApplied(),
                invariants.sessionsEnd(),
                invariants.leaks());
    }

    private boolean platformEnded(ContinuityReport caller) {
        return evidence.endedByPlatform().contains(caller.caller())
                && !caller.finished()
                && caller.call().endedBy() != EndedBy.CALLER;
    }

    private Finding dropped() {
        var dropped = ours.stream()
                .filter(caller -> !isOver(caller))
                .map(caller -> name(caller) + " " + caller.call().status() + " by "
                        + caller.call().endedBy())
                .toList();
        return new Finding(
                "dropped",
                "a call ends because its caller is done",
                evidence.callers().size() + evidence.stuck(),
                dropped.size() + evidence.stuck(),
                dropped);
    }

    /**
     * A caller who was done; or one who had said goodbye, of whom our side tells that the assistant hung up on purpose.
     * Neither is enough alone: our side ends calls for other reasons too, and ends them wrongly on purpose.
     */
    private boolean isOver(ContinuityReport caller) {
        return caller.call().status().equals("completed")
                && (caller.finished() || caller.tookLeave() && assistantHungUp(caller));
    }

    private boolean assistantHungUp(ContinuityReport caller) {
        var endings = evidence.lifecycleOf(caller).endings();
        return !endings.isEmpty() && endings.stream().allMatch(ended -> ended.reason() == EndReason.ASSISTANT_HUNG_UP);
    }

    private Finding greetedTwice() {
        return Finding.of("greeted-twice", "the greeting is said once", ours.size(), names(c -> c.greetings() > 1));
    }

    private Finding forgotten(String rule, String says, Question question) {
        long asked = ours.stream()
                .filter(caller -> asked(caller, question, _ -> true))
                .count();
        return Finding.of(
                rule,
                says,
                asked,
                names(caller -> asked(
                        caller,
                        question,
                        one -> one.outcome() == Outcome.FORGOTTEN
                                || question == Question.TIME_AGAIN
                                        && one.outcome() == Outcome.ANSWERED
                                        && !told(caller).contains(one.numbers()))));
    }

    /** The times that the caller was told when the tool was called. */
    private static List<List<Integer>> told(ContinuityReport caller) {
        return caller.asked().stream()
                .filter(one -> one.question() == Question.TIME && one.outcome() == Outcome.ANSWERED)
                .map(Asked::numbers)
                .toList();
    }

    private static boolean asked(ContinuityReport caller, Question question, Predicate<Asked> such) {
        return caller.asked().stream().filter(one -> one.question() == question).anyMatch(such);
    }

    private Finding unansweredInGap() {
        var all = ours.stream()
                .flatMap(caller -> caller.asked().stream()
                        .filter(one -> counts(one) && inGap(caller, one) && afterAnnouncement(caller, one))
                        .map(one -> Map.entry(name(caller) + " " + one.question(), one)))
                .toList();
        return Finding.of(
                "unanswered-in-gap",
                "what is said into a gap is answered",
                all.size(),
                all.stream()
                        .filter(one -> one.getValue().outcome() == Outcome.UNANSWERED)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private Finding unanswered() {
        var all = ours.stream()
                .flatMap(caller -> caller.asked().stream()
                        .filter(one -> counts(one) && !inGap(caller, one) && afterAnnouncement(caller, one))
                        .map(one -> Map.entry(name(caller) + " " + one.question(), one)))
                .toList();
        return Finding.of(
                "unanswered",
                "what is said at other times is answered",
                all.size(),
                all.stream()
                        .filter(one -> one.getValue().outcome() == Outcome.UNANSWERED)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** A.4: silence is a failure. What nobody can have heard is not answered, and that is no silence of ours. */
    private Finding deadAir() {
        var all = ours.stream()
                .flatMap(caller -> caller.asked().stream()
                        .filter(Asked::answerable)
                        .map(one -> Map.entry(name(caller) + " " + one.question() + " " + one.silentMs() + " ms", one)))
                .toList();
        return Finding.of(
                "dead-air",
                "who waits hears something within 3 s",
                all.size(),
                all.stream()
                        .filter(one -> one.getValue().silentMs() > LONGEST_SILENCE_MS)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** While the provider still reads the disclosure there is no stream, and of what a caller begins to say then a part is lost. */
    private static boolean afterAnnouncement(ContinuityReport caller, Asked one) {
        return !caller.voices().isEmpty()
                && one.fromMs() >= caller.voices().getFirst().atMs();
    }

    /** What no stream took can be answered by nobody; {@link SaidWithoutStream} counts it. */
    private static boolean counts(Asked one) {
        return waitedFor(one) && one.answerable();
    }

    /** Something was said, and its answer was waited for. */
    static boolean waitedFor(Asked one) {
        return one.question() != Question.GREETING
                && one.outcome() != Outcome.ABANDONED
                && one.outcome() != Outcome.ENDED;
    }

    private boolean inGap(ContinuityReport caller, Asked one) {
        return gaps.getOrDefault(caller.callId(), List.of()).stream()
                .anyMatch(gap -> gap.swallows(one.fromMs(), one.toMs()));
    }

    private Finding oneVoice() {
        return Finding.of(
                "I6-one-voice", "at most one bridge speaks to a call", ours.size(), names(ContinuityReport::twoVoices));
    }

    private Finding crossed() {
        var crossed = new ArrayList<>(names(caller -> caller.crossedFrames() > 0));
        evidence.heard().forEach((callId, heard) -> {
            if (heard.strangersFrames() > 0) {
                crossed.add(callId);
            }
        });
        return Finding.of(
                "crossed", "nobody hears another call", evidence.callers().size(), crossed);
    }

    private Finding lostFrames() {
        long sent = 0;
        long lost = 0;
        var examples = new ArrayList<String>();
        for (var caller : ours) {
            var missing = (BitSet) caller.quietFrames().clone();
            var heard = evidence.heard().get(caller.callId());
            if (heard != null) {
                missing.andNot(heard.frames());
            }
            sent += caller.quietFrames().cardinality();
            lost += missing.cardinality();
            if (!missing.isEmpty()) {
                examples.add(name(caller) + " " + missing.cardinality() * FRAME_MS + " ms");
            }
        }
        return new Finding("lost-frames", "all that a caller sends reaches a model", sent, lost, examples);
    }

    /**
     * F-P6. Moves count from the moment that the old bridge served no more, so that a late recovery from a planned fault
     * is its own and one from an earlier fault is not.
     */
    private Finding plannedIsNoLoss() {
        long looked = 0;
        var lost = new ArrayList<String>();
        for (var caller : evidence.callers()) {
            for (var move : evidence.lifecycleOf(caller).moves()) {
                var behind = planned.behind(evidence.momentOf(move.begunAt()));
                looked += behind.isPresent() ? 1 : 0;
                behind.filter(_ -> move.fact().cause().equals(LOST))
                        .ifPresent(strike ->
                                lost.add(name(caller) + " lost " + move.fact().fromBridge() + " by " + strike.fault()));
            }
            for (var stream : caller.call().streams()) {
                var behind = planned.behind(stream.endedAtMs());
                looked += behind.isPresent() ? 1 : 0;
                behind.filter(_ -> stream.brokeOff())
                        .ifPresent(strike -> lost.add(name(caller) + " stream broken by " + strike.fault()));
            }
        }
        return Finding.of("planned-is-no-loss", "what is restarted on purpose takes its leave", looked, lost);
    }

    /** F-P6. */
    private Finding movedOnce() {
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
                    often.add(name(caller) + " " + times + " times by " + strike.fault());
                }
            });
        }
        return Finding.of("moved-once", "a bridge that leaves on purpose moves a call once", looked, often);
    }

    /** F-P6. */
    private Finding longGaps() {
        var interruptions = allGaps.stream().filter(planned::interrupted).toList();
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
    private Finding recovery(List<Gap> allGaps) {
        var killed = Spread.of(allGaps.stream()
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

    /** A caller without a media stream hears nothing and is not heard, whatever he says and does. */
    private Finding withoutStream() {
        var tooLong = new ArrayList<String>();
        long looked = 0;
        for (var caller : ours) {
            long endedAtMs = -1;
            for (var stream : caller.call().streams()) {
                if (endedAtMs >= 0 && stream.openedAtMs() >= 0) {
                    looked++;
                    if (stream.openedAtMs() - endedAtMs > LONGEST_WITHOUT_STREAM_MS) {
                        tooLong.add(name(caller) + " " + (stream.openedAtMs() - endedAtMs) + " ms");
                    }
                    endedAtMs = -1;
                }
                endedAtMs = endedAtMs >= 0 && stream.openedAtMs() < 0 ? endedAtMs : stream.endedAtMs();
            }
        }
        return Finding.of("without-stream", "a lost media stream is replaced within 5 s", looked, tooLong);
    }

    /** I4. */
    private Finding oneTerminalEvent() {
        var wrong = new ArrayList<String>();
        long looked = 0;
        for (var caller : evidence.callers()) {
            if (caller.callId().isEmpty()) {
                continue;
            }
            looked++;
            var ends = evidence.lifecycleOf(caller).ended();
            if (ends.size() != 1) {
                wrong.add(name(caller) + " has " + ends.size());
            } else if (Duration.between(evidence.wallClock(caller.endedAtMs()), ends.getFirst())
                            .compareTo(TERMINAL_WITHIN)
                    > 0) {
                wrong.add(name(caller) + " late");
            }
        }
        return Finding.of("I4-one-end", "each call has exactly one terminal event within 2 min", looked, wrong);
    }

    /** I5, as far as one consumer tells: its inbox holds each event once. */
    private Finding factsApplied() {
        long applied = evidence.appliedEvents();
        long missing = applied < 0 ? 0 : Math.abs(evidence.events() - applied);
        return new Finding(
                "I5-facts-applied",
                "every event has its effect once in the analytics service",
                applied < 0 ? 0 : evidence.events(),
                missing + evidence.unreadableEvents(),
                missing == 0 ? List.of() : List.of(evidence.events() + " events, " + applied + " applied"));
    }

    /** I7. */
    private Finding sessionsEnd() {
        Map<String, Long> ends = new HashMap<>();
        evidence.callers().forEach(caller -> ends.put(caller.callId(), caller.endedAtMs()));
        var late = evidence.sessions().stream()
                .filter(session -> ends.containsKey(session.callId()))
                .filter(session -> outlived(session, ends.getOrDefault(session.callId(), 0L)))
                .map(SessionLog.Session::callId)
                .toList();
        return Finding.of(
                "I7-sessions-end",
                "no model session outlives its call by 60 s",
                evidence.sessions().size(),
                late);
    }

    private boolean outlived(SessionLog.Session session, long callEndedMs) {
        long until = session.open() ? evidence.nowMs() : session.closedAtMs();
        return until - callEndedMs > SESSION_OUTLIVES_MS;
    }

    /** I9. */
    private Finding leaks() {
        return new Finding(
                "I9-no-leaks",
                "no secret, full number or spoken word in any log or lifecycle event",
                1,
                evidence.leaks(),
                List.of());
    }

    private List<String> names(Predicate<ContinuityReport> such) {
        return ours.stream().filter(such).map(Invariants::name).toList();
    }

    private static String name(ContinuityReport caller) {
        return caller.callId().isEmpty() ? "caller " + caller.caller() : caller.callId();
    }
}
