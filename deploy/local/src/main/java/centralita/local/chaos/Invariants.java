package centralita.local.chaos;

import centralita.simulators.continuity.Question;
import java.util.List;

/** Judges a run: pure, from what the witnesses saw. {@code docs/chaos.md} explains each rule. */
final class Invariants {
    private Invariants() {}

    static List<Finding> judge(Evidence evidence, List<Gap> gaps) {
        var callers = new CallerRules(evidence, gaps);
        var moves = new MoveRules(evidence, gaps);
        var records = new RecordRules(evidence);
        return List.of(
                callers.dropped(),
                callers.greetedTwice(),
                callers.forgotten(
                        "forgotten-tool-result", "the result of a tool is known to the end", Question.TIME_AGAIN),
                callers.forgotten(
                        "forgotten-code-word", "what the caller said is known to the end", Question.WORD_AGAIN),
                callers.unansweredInGap(),
                callers.unanswered(),
                callers.deadAir(),
                callers.oneVoice(),
                callers.crossed(),
                callers.lostFrames(),
                moves.plannedIsNoLoss(),
                moves.movedOnce(),
                moves.longGaps(),
                moves.recovery(),
                callers.withoutStream(),
                records.oneTerminalEvent(),
                records.factsApplied(),
                records.sessionsEnd(),
                records.leaks());
    }
}
