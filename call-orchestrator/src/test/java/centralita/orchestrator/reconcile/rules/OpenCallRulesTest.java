package centralita.orchestrator.reconcile.rules;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.orchestrator.reconcile.rules.Finding.Alive;
import centralita.orchestrator.reconcile.rules.Finding.NoAnswer;
import centralita.orchestrator.reconcile.rules.Finding.NoCallSid;
import centralita.orchestrator.reconcile.rules.Finding.NotThere;
import centralita.orchestrator.reconcile.rules.Finding.Over;
import centralita.orchestrator.reconcile.rules.Verdict.End;
import centralita.orchestrator.reconcile.rules.Verdict.HangUp;
import centralita.orchestrator.reconcile.rules.Verdict.LookAgain;
import centralita.orchestrator.reconcile.rules.Verdict.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenCallRulesTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant ANSWERED = T0.plusSeconds(1);
    private static final Instant NEWS = T0.plusSeconds(61);
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Duration.ofMinutes(5),
            Duration.ofHours(4),
            Duration.ofMinutes(5));
    private static final Instant SOON = NEWS.plusSeconds(50);
    private static final Instant TOO_LATE = T0.plus(Duration.ofHours(4)).plus(Duration.ofMinutes(6));

    /** F-W2. */
    @Test
    void anAnsweredCallThatIsOverAtTheProviderIsCompletedWithItsTimes() {
        // Given
        var endedAt = T0.plusSeconds(40);

        // When
        var verdict = decide(call(), new Over(Outcome.COMPLETED, endedAt, Duration.ofSeconds(39)), SOON);

        // Then
        assertThat(verdict)
                .isEqualTo(new End(
                        new CallFact.Ended(Outcome.COMPLETED, EndReason.UNKNOWN, 39_000), endedAt, Why.CALLBACK_LOST));
    }

    @ParameterizedTest
    @CsvSource({
        "CALLER_HUNG_UP, COMPLETED",
        "ASSISTANT_HUNG_UP, COMPLETED",
        "STREAM_LOST, DROPPED",
        "NEVER_ATTACHED, DROPPED",
        "MODEL_UNAVAILABLE, DROPPED",
        "SILENCE_LIMIT, COMPLETED",
        "UNKNOWN, COMPLETED"
    })
    void whyItEndedIsTheConversationsLastWord(EndReason reason, Outcome outcome) {
        // When
        var verdict = decide(call(reason, null), new Over(Outcome.COMPLETED, NEWS, Duration.ofSeconds(60)), SOON);

        // Then
        assertThat(verdict).isEqualTo(new End(new CallFact.Ended(outcome, reason, 60_000), NEWS, Why.CALLBACK_LOST));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"BUSY", "NO_ANSWER", "FAILED", "CANCELED"})
    void aCallThatNobodyAnsweredHasNoTalkTime(Outcome outcome) {
        // When
        var verdict = decide(call(), new Over(outcome, null, null), SOON);

        // Then
        assertThat(verdict)
                .isEqualTo(new End(new CallFact.Ended(outcome, EndReason.UNKNOWN, 0), SOON, Why.CALLBACK_LOST));
    }

    @Test
    void aTalkTimeThatTheProviderDoesNotSayIsReckonedFromTheAnswer() {
        // When
        var verdict = decide(call(), new Over(Outcome.COMPLETED, NEWS, null), SOON);

        // Then
        assertThat(verdict)
                .isEqualTo(new End(
                        new CallFact.Ended(Outcome.COMPLETED, EndReason.UNKNOWN, 60_000), NEWS, Why.CALLBACK_LOST));
    }

    @Test
    void anEndInTheFutureByTheProvidersClockIsNow() {
        // When
        var verdict = decide(call(), new Over(Outcome.COMPLETED, SOON.plusSeconds(3), Duration.ofSeconds(9)), SOON);

        // Then
        assertThat(verdict)
                .isEqualTo(new End(
                        new CallFact.Ended(Outcome.COMPLETED, EndReason.UNKNOWN, 9_000), SOON, Why.CALLBACK_LOST));
    }

    @Test
    void aCallThatIsAliveIsLeftAlone() {
        assertThat(decide(call(), new Alive(), SOON)).isEqualTo(new LookAgain(Duration.ofSeconds(60), false));
    }

    @Test
    void aCallThatIsAliveAndOfWhichNobodyHearsIsSuspicious() {
        assertThat(decide(call(), new Alive(), NEWS.plus(Duration.ofMinutes(6))))
                .isEqualTo(new LookAgain(Duration.ofSeconds(60), true));
    }

    @Test
    void aCallBeyondEveryLimitIsHungUp() {
        assertThat(decide(call(), new Alive(), TOO_LATE)).isEqualTo(new HangUp(Duration.ofSeconds(60)));
    }

    @Test
    void itIsNotHungUpTwiceBeforeTheProviderCouldTellThatItLives() {
        // Given
        var justHungUp = call(null, TOO_LATE.minusSeconds(30));
        var hungUpInVain = call(null, TOO_LATE.minusSeconds(61));

        // Then
        assertThat(decide(justHungUp, new Alive(), TOO_LATE)).isEqualTo(new LookAgain(Duration.ofSeconds(60), true));
        assertThat(decide(hungUpInVain, new Alive(), TOO_LATE)).isEqualTo(new HangUp(Duration.ofSeconds(60)));
    }

    @Test
    void aCallThatWasHungUpFromHereMetItsLimit() {
        // Given
        var hungUp = call(null, TOO_LATE);

        // When
        var verdict = decide(
                hungUp, new Over(Outcome.COMPLETED, TOO_LATE, Duration.ofSeconds(14_760)), TOO_LATE.plusSeconds(60));

        // Then
        assertThat(verdict)
                .isEqualTo(new End(
                        new CallFact.Ended(Outcome.COMPLETED, EndReason.DURATION_LIMIT, 14_760_000),
                        TOO_LATE,
                        Why.CALLBACK_LOST));
    }

    @Test
    void aCallThatTheProviderDoesNotKnowIsOverOnceItWasQuietForLong() {
        assertThat(decide(call(), new NotThere(), NEWS.plusSeconds(50)))
                .isEqualTo(new LookAgain(Duration.ofSeconds(40), false));
        assertThat(decide(call(), new NotThere(), NEWS.plusSeconds(90)))
                .isEqualTo(
                        new End(new CallFact.Ended(Outcome.UNKNOWN, EndReason.UNKNOWN, 60_000), NEWS, Why.NOT_KNOWN));
    }

    @Test
    void aCallWhoseIdNobodyToldUsIsOverOnceItWasQuietForLong() {
        assertThat(decide(call(EndReason.STREAM_LOST, null), new NoCallSid(), NEWS.plusSeconds(91)))
                .isEqualTo(new End(
                        new CallFact.Ended(Outcome.UNKNOWN, EndReason.STREAM_LOST, 60_000), NEWS, Why.NO_CALL_SID));
    }

    @Test
    void aCallOfOursMayWaitForItsTurn() {
        // Given
        var waiting = new OpenCall(new UUID(1, 2), true, null, T0, T0, null, null, null, 0, null);

        // Then
        assertThat(decide(waiting, new NoCallSid(), T0.plus(Duration.ofHours(3))))
                .isEqualTo(new LookAgain(Duration.ofSeconds(60), false));
        assertThat(decide(waiting, new NoCallSid(), TOO_LATE))
                .isEqualTo(new End(new CallFact.Ended(Outcome.UNKNOWN, EndReason.UNKNOWN, 0), T0, Why.TOO_OLD));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 10", "2, 20", "3, 40", "4, 60", "30, 60"})
    void aProviderThatDoesNotAnswerIsAskedMoreAndMoreSeldom(int vainLooks, int seconds) {
        // Given
        var call = new OpenCall(new UUID(1, 2), false, "CA1", T0, NEWS, ANSWERED, null, null, vainLooks, null);

        // Then
        assertThat(decide(call, new NoAnswer("not-reached", null), SOON))
                .isEqualTo(new LookAgain(Duration.ofSeconds(seconds), false));
    }

    @Test
    void aProviderThatWantsToBeLeftAloneIs() {
        assertThat(decide(call(), new NoAnswer("throttled", Duration.ofSeconds(17)), SOON))
                .isEqualTo(new LookAgain(Duration.ofSeconds(17), false));
    }

    @Test
    void aCallOlderThanAnyCallCanBeIsOverWhenNobodyCanBeAsked() {
        // Given
        var stillTalking = new OpenCall(
                new UUID(1, 2), false, "CA1", T0, TOO_LATE.minusSeconds(50), ANSWERED, null, null, 9, null);

        // Then
        assertThat(decide(call(), new NoAnswer("not-reached", null), TOO_LATE))
                .isEqualTo(new End(new CallFact.Ended(Outcome.UNKNOWN, EndReason.UNKNOWN, 60_000), NEWS, Why.TOO_OLD));
        assertThat(decide(stillTalking, new NoAnswer("not-reached", null), TOO_LATE))
                .isEqualTo(new LookAgain(Duration.ofSeconds(60), false));
    }

    private static Verdict decide(OpenCall call, Finding finding, Instant now) {
        return OpenCallRules.decide(call, finding, now, LIMITS);
    }

    private static OpenCall call() {
        return call(null, null);
    }

    private static OpenCall call(@Nullable EndReason conversationEnd, @Nullable Instant hangUpAt) {
        return new OpenCall(new UUID(1, 2), false, "CA1", T0, NEWS, ANSWERED, conversationEnd, hangUpAt, 0, null);
    }
}
