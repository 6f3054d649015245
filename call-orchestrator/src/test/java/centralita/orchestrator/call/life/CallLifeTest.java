package centralita.orchestrator.call.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.orchestrator.call.life.CallState.Announced;
import centralita.orchestrator.call.life.CallState.Ended;
import centralita.orchestrator.call.life.CallState.InProgress;
import centralita.orchestrator.call.life.CallState.Received;
import centralita.orchestrator.call.life.CallState.Requested;
import centralita.orchestrator.call.life.CallState.Ringing;
import centralita.orchestrator.call.life.Decision.Ignored;
import centralita.orchestrator.call.life.Decision.Moved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallLifeTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Instant T2 = T0.plusSeconds(2);
    private static final CallInput.Ended HANG_UP =
            new CallInput.Ended(T2, Outcome.COMPLETED, EndReason.CALLER_HUNG_UP, 42);
    private static final Ended HUNG_UP = new Ended(T2, Outcome.COMPLETED, EndReason.CALLER_HUNG_UP, 42);

    /** Every state with every input. */
    static Stream<Arguments> transitions() {
        return Stream.of(
                move(new Announced(), new CallInput.Requested(T1), new Requested(T1)),
                move(new Announced(), new CallInput.Received(T1), new Received(T1)),
                move(new Announced(), new CallInput.Rang(T1), new Ringing(T1)),
                move(new Announced(), new CallInput.Answered(T1), new InProgress(T1)),
                move(new Announced(), HANG_UP, HUNG_UP),
                stay(new Announced(), new CallInput.Told(T1), "it moves nothing"),
                stay(new Requested(T1), new CallInput.Requested(T1), "known"),
                move(new Requested(T1), new CallInput.Requested(T0), new Requested(T0)),
                move(new Requested(T1), new CallInput.Received(T0), new Received(T0)),
                move(new Requested(T1), new CallInput.Rang(T0), new Ringing(T0)),
                move(new Requested(T1), new CallInput.Answered(T0), new InProgress(T0)),
                move(new Requested(T1), HANG_UP, HUNG_UP),
                stay(new Requested(T1), new CallInput.Told(T0), "it moves nothing"),
                stay(new Received(T1), new CallInput.Requested(T0), "the call is further on"),
                stay(new Received(T1), new CallInput.Received(T2), "known"),
                move(new Received(T1), new CallInput.Received(T0), new Received(T0)),
                move(new Received(T1), new CallInput.Rang(T2), new Ringing(T2)),
                move(new Received(T1), new CallInput.Answered(T2), new InProgress(T2)),
                move(new Received(T1), HANG_UP, HUNG_UP),
                stay(new Received(T1), new CallInput.Told(T0), "it moves nothing"),
                stay(new Ringing(T1), new CallInput.Requested(T0), "the call is further on"),
                stay(new Ringing(T1), new CallInput.Received(T0), "the call is further on"),
                stay(new Ringing(T1), new CallInput.Rang(T2), "known"),
                move(new Ringing(T1), new CallInput.Rang(T0), new Ringing(T0)),
                move(new Ringing(T1), new CallInput.Answered(T2), new InProgress(T2)),
                move(new Ringing(T1), HANG_UP, HUNG_UP),
                stay(new Ringing(T1), new CallInput.Told(T2), "it moves nothing"),
                stay(new InProgress(T1), new CallInput.Requested(T0), "the call is further on"),
                stay(new InProgress(T1), new CallInput.Received(T0), "the call is further on"),
                stay(new InProgress(T1), new CallInput.Rang(T0), "the call is further on"),
                stay(new InProgress(T1), new CallInput.Answered(T2), "known"),
                move(new InProgress(T1), new CallInput.Answered(T0), new InProgress(T0)),
                move(new InProgress(T1), HANG_UP, HUNG_UP),
                stay(new InProgress(T1), new CallInput.Told(T2), "it moves nothing"),
                stay(HUNG_UP, HANG_UP, "the call has ended before"),
                stay(HUNG_UP, new CallInput.Told(T2), "it moves nothing"));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void anInputMovesAStateAsTheTableSays(CallState state, CallInput input, Decision expected) {
        assertThat(CallLife.decide(state, input)).isEqualTo(expected);
    }

    static Stream<CallInput> inputs() {
        return Stream.of(
                new CallInput.Requested(T0),
                new CallInput.Received(T0),
                new CallInput.Rang(T0),
                new CallInput.Answered(T0),
                new CallInput.Told(T0),
                new CallInput.Ended(T0, Outcome.FAILED, EndReason.UNKNOWN, 0));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void nothingReopensAnEndedCall(CallInput input) {
        assertThat(after(HUNG_UP, input)).isInstanceOf(Ended.class);
    }

    @Test
    void ofTwoEndsTheFirstOneCounts() {
        var failure = new CallInput.Ended(T1, Outcome.FAILED, EndReason.UNKNOWN, 0);

        assertThat(after(HUNG_UP, failure)).isEqualTo(new Ended(T1, Outcome.FAILED, EndReason.UNKNOWN, 0));
        assertThat(after(after(new Announced(), failure), HANG_UP))
                .isEqualTo(new Ended(T1, Outcome.FAILED, EndReason.UNKNOWN, 0));
    }

    /** F-W1. */
    @Test
    void inWhateverOrderInputsComeTheLastStateIsTheSame() {
        var story = List.<CallInput>of(
                new CallInput.Received(T0),
                new CallInput.Rang(T0.plusMillis(300)),
                new CallInput.Answered(T0.plusMillis(400)),
                new CallInput.Answered(T1),
                new CallInput.Told(T1),
                HANG_UP,
                new CallInput.Ended(T2.plusSeconds(5), Outcome.DROPPED, EndReason.UNKNOWN, 1));

        for (int length = 1; length <= story.size(); length++) {
            var told = story.subList(0, length);
            var expected = after(new Announced(), told.toArray(CallInput[]::new));
            permutations(
                    told,
                    order -> assertThat(after(new Announced(), order.toArray(CallInput[]::new)))
                            .as(order.toString())
                            .isEqualTo(expected));
        }
    }

    private static CallState after(CallState state, CallInput... inputs) {
        var now = state;
        for (var input : inputs) {
            now = switch (CallLife.decide(now, input)) {
                case Moved(var to) -> to;
                case Ignored _ -> now;
            };
        }
        return now;
    }

    private static void permutations(List<CallInput> inputs, Consumer<List<CallInput>> check) {
        permute(new ArrayList<>(inputs), 0, check);
    }

    private static void permute(List<CallInput> inputs, int from, Consumer<List<CallInput>> check) {
        if (from == inputs.size()) {
            check.accept(inputs);
        }
        for (int i = from; i < inputs.size(); i++) {
            java.util.Collections.swap(inputs, from, i);
            permute(inputs, from + 1, check);
            java.util.Collections.swap(inputs, from, i);
        }
    }

    private static Arguments move(CallState from, CallInput input, CallState to) {
        return Arguments.of(from, input, new Moved(to));
    }

    private static Arguments stay(CallState at, CallInput input, String why) {
        return Arguments.of(at, input, new Ignored(why));
    }
}
