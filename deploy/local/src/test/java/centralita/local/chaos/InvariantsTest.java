package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import centralita.contracts.call.EndReason;
import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.HeardVoice;
import centralita.simulators.continuity.Question;
import centralita.simulators.twilio.CallReport;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule must be able to be violated, and by nothing else. */
class InvariantsTest {
    @Test
    void whereAllIsWellEveryRuleHolds() {
        // When, then
        assertThat(new RunBuilder().violated()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harms")
    void eachHarmViolatesItsRuleAlone(String rule, Consumer<RunBuilder> harm) {
        // Given
        var run = new RunBuilder();
        harm.accept(run);

        // When, then
        assertThat(run.violated()).containsExactly(rule);
    }

    static Stream<Arguments> harms() {
        return Stream.of(
                harm("dropped", run -> run.finished = false),
                harm("dropped", run -> run.status = "failed"),
                harm("dropped", run -> run.stuck = 1),
                harm("greeted-twice", run -> run.greetings = 2),
                harm(
                        "forgotten-tool-result",
                        run -> run.say(Question.TIME_AGAIN, 32_000, Asked.Outcome.FORGOTTEN, List.of())),
                harm(
                        "forgotten-tool-result",
                        run -> run.say(Question.TIME_AGAIN, 32_000, Asked.Outcome.ANSWERED, List.of(3, 5))),
                harm(
                        "forgotten-code-word",
                        run -> run.say(Question.WORD_AGAIN, 28_000, Asked.Outcome.FORGOTTEN, List.of())),
                harm("unanswered", run -> run.say(Question.CODE_WORD, 20_000, Asked.Outcome.UNANSWERED, List.of())),
                harm("dead-air", run -> run.silence(Question.CHAT, 20_000, RunBuilder.SAID_MS, 3_020)),
                harm("without-stream", run -> run.streamEnded(20_000, 1001).streamOpened(25_001)),
                harm("I6-one-voice", run -> {
                    run.voices.add(new HeardVoice(2, 20_000));
                    run.voices.add(new HeardVoice(1, 21_000));
                }),
                harm("crossed", run -> run.crossedAtCaller = 1),
                harm("crossed", run -> run.strangersAtModel = 1),
                harm("lost-frames", run -> run.heard.clear(500)),
                harm("I4-one-end", run -> run.ends.clear()),
                harm("I4-one-end", run -> run.ends.add(run.ends.getFirst())),
                harm("I4-one-end", run -> run.ends.set(0, Instant.parse("2026-11-23T10:02:41Z"))),
                harm("I5-facts-applied", run -> run.applied = 19),
                harm("I5-facts-applied", run -> run.applied = 21),
                harm("I7-sessions-end", run -> run.session(2, 15_000, -1, -1, RunBuilder.ENDED_MS + 60_001, List.of())),
                harm("I7-sessions-end", run -> run.session(2, 15_000, -1, -1, -1, List.of())),
                harm("I9-no-leaks", run -> run.leaks = 1));
    }

    /** He was told 14 and 5. */
    static Stream<Arguments> times() {
        return Stream.of(
                arguments(List.of(14, 14, 5), 0),
                arguments(List.of(14, 5, 5), 0),
                arguments(List.of(14), 1),
                arguments(List.of(14, 14, 6), 1),
                arguments(List.of(14, 14, 5, 5), 0),
                arguments(List.of(14, 5, 14, 5), 0),
                arguments(List.of(14, 6, 5), 1),
                arguments(List.of(5, 14), 1));
    }

    @ParameterizedTest(name = "heard {0}")
    @MethodSource("times")
    void whatOfATimeThatBrokeOffIsSaidAgainIsNoOtherTime(List<Integer> numbers, int violations) {
        // Given
        var run = new RunBuilder().say(Question.TIME_AGAIN, 32_000, Asked.Outcome.ANSWERED, numbers);

        // When, then
        assertThat(run.finding("forgotten-tool-result").violations()).isEqualTo(violations);
    }

    @ParameterizedTest(name = "a frame sent at {0} ms, {1}")
    @CsvSource({
        "19910, gateway-kill, 0",
        "20050, gateway-kill, 0",
        "19850, gateway-kill, 1",
        "20150, gateway-kill, 1",
        "20050, gateway-restart, 1"
    })
    void whatDiesWithAKilledGatewayIsNoLossOfOurs(long sentAtMs, String fault, int lost) {
        // Given
        var run = new RunBuilder().streamEnded(20_080, 1006).streamOpened(20_400);
        run.heard.clear((int) (sentAtMs - RunBuilder.ANSWERED_MS) / 20);

        // When
        var finding = run.finding("lost-frames", new Strike(fault, "gateway 1", 1, 20_000, 22_000, ""));

        // Then
        assertThat(finding.violations()).isEqualTo(lost);
    }

    @ParameterizedTest(name = "{0} calls, {1} of them late by {2} ms")
    @CsvSource({
        "100, 5, 2001, ''",
        "100, 6, 2000, ''",
        "100, 6, 2001, p95 2001 ms",
        "100, 1, 4001, ''",
        "100, 2, 4001, p99 4001 ms",
        "99,  99, 9000, ''"
    })
    void afterAKillNearlyAllAreHeardAgainInTime(int calls, int late, long lateMs, String says) {
        // Given: they had lost their bridge; others were moved in peace at other times, at once
        var run = new RunBuilder().moved("lost", 20_900, 400).moved("rebalance", 35_000, 0);
        var lost = IntStream.range(0, calls)
                .mapToObj(call ->
                        new Gap(RunBuilder.CALL, 20_000, 20_000 + (call < late ? lateMs : 500), true, "bridge-kill"));
        var inPeace =
                IntStream.range(0, 500).mapToObj(_ -> new Gap(RunBuilder.CALL, 35_000, 35_000, true, "bridge-kill"));

        // When
        var finding = Invariants.judge(
                        run.evidence(), Stream.concat(lost, inPeace).toList())
                .stream()
                .filter(one -> one.rule().equals("recovery-time"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(finding.looked()).isEqualTo(calls);
        assertThat(String.join(", ", finding.examples())).isEqualTo(says);
    }

    @Test
    void silenceIsOursOnlyWhenItIsLongAndTheWordsWereHeard() {
        // Given
        var run = new RunBuilder()
                .silence(Question.CHAT, 20_000, RunBuilder.SAID_MS, 3_000)
                .silence(Question.STOP, 24_000, 0, 9_000);

        // When, then
        assertThat(run.violated()).isEmpty();
    }

    @Test
    void whatIsSaidIntoAGapIsJudgedByItself() {
        // Given
        var run = new RunBuilder()
                .session(1, 9_000, 10_100, 20_500, 20_600, List.of())
                .session(2, 21_000, 22_000, 39_900, 40_100, List.of())
                .say(Question.CODE_WORD, 20_700, Asked.Outcome.UNANSWERED, List.of());

        // When, then
        assertThat(run.violated()).containsExactly("unanswered-in-gap");
    }

    @Test
    void whatWasSaidIntoAGapThatHadNoStreamIsCountedAndNotJudged() {
        // Given
        var run = new RunBuilder()
                .notHeard(20_000, 22_000)
                .say(Question.CODE_WORD, 20_200, 0, Asked.Outcome.UNANSWERED, List.of())
                .say(Question.CHAT, 24_000, 0, Asked.Outcome.ANSWERED, List.of());

        // When
        var counted = SaidWithoutStream.of(run.evidence().callers());

        // Then
        assertThat(counted).isEqualTo(new SaidWithoutStream(2, 1));
        assertThat(run.violated()).isEmpty();
    }

    @ParameterizedTest(name = "{0} ms of 1500")
    @CsvSource({"1500, unanswered-in-gap", "1200, unanswered-in-gap", "1199,"})
    void whatMostlyWentIntoAStreamIsOursToAnswer(long sentMs, @Nullable String violated) {
        // Given
        var run = new RunBuilder()
                .notHeard(20_000, 22_000)
                .say(Question.CODE_WORD, 20_200, sentMs, Asked.Outcome.UNANSWERED, List.of());

        // When, then
        assertThat(run.violated()).isEqualTo(violated == null ? List.of() : List.of(violated));
    }

    @Test
    void aQuestionThatWasBrokenOffIsNoUnansweredOne() {
        // Given
        var run = new RunBuilder().say(Question.CODE_WORD, 20_000, Asked.Outcome.ABANDONED, List.of());

        // When, then
        assertThat(run.violated()).isEmpty();
    }

    @Test
    void whatIsBegunWhileTheDisclosureIsReadIsNobodysToAnswer() {
        // Given: the first voice comes at 10.5 s, in the middle of it
        var run = new RunBuilder().say(Question.CODE_WORD, 10_000, Asked.Outcome.UNANSWERED, List.of());

        // When, then
        assertThat(run.violated()).isEmpty();
    }

    @Test
    void aCallerWhoSaidGoodbyeAndWasHungUpOnWhileAFaultMadeHimSpeakIsNotDropped() {
        // Given
        var run = saidGoodbye();
        run.incidents.add(new CallReport.Incident(11217, "answered 502"));

        // When, then
        assertThat(run.violated()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endsThatAreNoAnswerToAGoodbye")
    void aGoodbyeExcusesNoOtherEnd(String end, Consumer<RunBuilder> harm) {
        // Given
        var run = saidGoodbye();
        harm.accept(run);

        // When, then
        assertThat(run.violated()).containsExactly("dropped");
    }

    static Stream<Arguments> endsThatAreNoAnswerToAGoodbye() {
        return Stream.of(
                harm("nobody said goodbye", run -> run.asked.removeIf(one -> one.question() == Question.GOODBYE)),
                harm("our side gave up", run -> run.endReason = EndReason.STREAM_LOST),
                harm("our side had no model", run -> run.endReason = EndReason.MODEL_UNAVAILABLE),
                harm("the provider ended it", run -> run.endedBy = CallReport.EndedBy.NETWORK),
                harm("it did not end well", run -> run.status = "failed"),
                harm(
                        "he had waited for long",
                        run -> run.say(
                                Question.GOODBYE,
                                RunBuilder.ENDED_MS - RunBuilder.SAID_MS - 12_001,
                                Asked.Outcome.ABANDONED,
                                List.of())),
                harm(
                        "the goodbye went into no stream",
                        run -> run.say(Question.GOODBYE, 35_000, 0, Asked.Outcome.ABANDONED, List.of())));
    }

    /** And then something else, because a fault struck; the call ends while he waits for an answer. */
    private static RunBuilder saidGoodbye() {
        var run = new RunBuilder()
                .say(Question.GOODBYE, 35_000, Asked.Outcome.ABANDONED, List.of())
                .say(Question.CHAT, 37_000, Asked.Outcome.ENDED, List.of());
        run.finished = false;
        return run;
    }

    @Test
    void aCallThatItsProviderEndsWithTheStreamIsNotDroppedByUs() {
        // Given
        var run = new RunBuilder();
        run.endedByPlatform = Set.of(0);
        run.finished = false;
        run.endedBy = CallReport.EndedBy.NETWORK;

        // When, then
        assertThat(run.violated()).isEmpty();
    }

    private static Arguments harm(String rule, Consumer<RunBuilder> harm) {
        return Arguments.of(rule, harm);
    }
}
