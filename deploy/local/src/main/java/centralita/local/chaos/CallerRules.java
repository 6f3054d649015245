package centralita.local.chaos;

import centralita.contracts.call.EndReason;
import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.Asked.Outcome;
import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.Question;
import centralita.simulators.twilio.CallReport.EndedBy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What callers had to suffer, by their own ears and by the models'. Pure. */
final class CallerRules {
    private static final long LONGEST_SILENCE_MS = 3_000;
    private static final long LONGEST_WITHOUT_STREAM_MS = 5_000;
    private static final int FRAME_MS = 20;
    /** Between a caller's clock and the last frame that a gateway passed on. */
    private static final long IN_FLIGHT_MS = 100;

    private static final long NOTICED_WITHIN_MS = 1_000;

    private final Evidence evidence;
    private final Map<String, List<Gap>> gaps = new HashMap<>();
    /** Callers with a line, without those whose provider ended the call as it was told to. */
    private final List<ContinuityReport> ours;

    CallerRules(Evidence evidence, List<Gap> allGaps) {
        this.evidence = evidence;
        allGaps.forEach(gap ->
                gaps.computeIfAbsent(gap.callId(), _ -> new ArrayList<>()).add(gap));
        ours = evidence.callers().stream()
                .filter(caller -> !platformEnded(caller))
                .toList();
    }

    private boolean platformEnded(ContinuityReport caller) {
        return evidence.endedByPlatform().contains(caller.caller())
                && !caller.finished()
                && caller.call().endedBy() != EndedBy.CALLER;
    }

    Finding dropped() {
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

    Finding greetedTwice() {
        return Finding.of("greeted-twice", "the greeting is said once", ours.size(), names(c -> c.greetings() > 1));
    }

    Finding forgotten(String rule, String says, Question question) {
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
                                        && told(caller).stream().noneMatch(told -> sameTime(told, one.numbers())))));
    }

    /** A time is two numbers. What of an answer that broke off is said again may be one of them, or both. */
    private static boolean sameTime(List<Integer> told, List<Integer> heard) {
        return told.equals(heard)
                || Math.min(told.size(), heard.size()) >= 2
                        && told.getFirst().equals(heard.getFirst())
                        && told.getLast().equals(heard.getLast())
                        && Set.copyOf(told).equals(Set.copyOf(heard));
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

    Finding unansweredInGap() {
        return unanswered("unanswered-in-gap", "what is said into a gap is answered", this::inGap);
    }

    Finding unanswered() {
        return unanswered(
                "unanswered", "what is said at other times is answered", (caller, one) -> !inGap(caller, one));
    }

    private Finding unanswered(String rule, String says, BiPredicate<ContinuityReport, Asked> such) {
        var all = ours.stream()
                .flatMap(caller -> caller.asked().stream()
                        .filter(one -> counts(one) && such.test(caller, one) && afterAnnouncement(caller, one))
                        .map(one -> Map.entry(name(caller) + " " + one.question(), one)))
                .toList();
        return Finding.of(
                rule,
                says,
                all.size(),
                all.stream()
                        .filter(one -> one.getValue().outcome() == Outcome.UNANSWERED)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** A.4: silence is a failure. What nobody can have heard is not answered, and that is no silence of ours. */
    Finding deadAir() {
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

    Finding oneVoice() {
        return Finding.of(
                "I6-one-voice", "at most one bridge speaks to a call", ours.size(), names(ContinuityReport::twoVoices));
    }

    Finding crossed() {
        var crossed = new ArrayList<>(names(caller -> caller.crossedFrames() > 0));
        evidence.heard().forEach((callId, heard) -> {
            if (heard.strangersFrames() > 0) {
                crossed.add(callId);
            }
        });
        return Finding.of(
                "crossed", "nobody hears another call", evidence.callers().size(), crossed);
    }

    Finding lostFrames() {
        long sent = 0;
        long lost = 0;
        var examples = new ArrayList<String>();
        for (var caller : ours) {
            var missing = (BitSet) caller.quietFrames().clone();
            var heard = evidence.heard().get(caller.callId());
            if (heard != null) {
                missing.andNot(heard.frames());
            }
            diedWithTheirGateway(caller).forEach(missing::andNot);
            sent += caller.quietFrames().cardinality();
            lost += missing.cardinality();
            if (!missing.isEmpty()) {
                examples.add(name(caller) + " " + missing.cardinality() * FRAME_MS + " ms");
            }
        }
        return new Finding("lost-frames", "all that a caller sends reaches a model", sent, lost, examples);
    }

    /**
     * What a gateway that was killed had taken from the network and not passed on, and what was sent to it until its end
     * was seen: nobody can save that.
     */
    private List<BitSet> diedWithTheirGateway(ContinuityReport caller) {
        return evidence.strikes().stream()
                .filter(strike -> strike.fault().equals(FaultKind.GATEWAY_KILL.word()))
                .flatMap(strike -> caller.call().streams().stream()
                        .filter(stream -> stream.brokeOff()
                                && stream.endedAtMs() >= strike.atMs()
                                && stream.endedAtMs() <= strike.atMs() + NOTICED_WITHIN_MS)
                        .map(stream -> frames(caller, strike.atMs() - IN_FLIGHT_MS, stream.endedAtMs() + FRAME_MS)))
                .toList();
    }

    private static BitSet frames(ContinuityReport caller, long fromMs, long toMs) {
        var frames = new BitSet();
        frames.set((int) Math.max(0, (fromMs - caller.answeredAtMs()) / FRAME_MS), (int)
                Math.max(0, (toMs - caller.answeredAtMs()) / FRAME_MS + 1));
        return frames;
    }

    /** A caller without a media stream hears nothing and is not heard, whatever he says and does. */
    Finding withoutStream() {
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

    private List<String> names(Predicate<ContinuityReport> such) {
        return ours.stream().filter(such).map(CallerRules::name).toList();
    }

    /** How a finding calls a caller. */
    static String name(ContinuityReport caller) {
        return caller.callId().isEmpty() ? "caller " + caller.caller() : caller.callId();
    }
}
