package centralita.gateway.call;

import static centralita.gateway.call.HandOver.Effect.ASK_TO_RELEASE;
import static centralita.gateway.call.HandOver.Effect.ASK_TO_STAY;
import static centralita.gateway.call.HandOver.Effect.ATTACH;
import static centralita.gateway.call.HandOver.Effect.GIVE_UP;
import static centralita.gateway.call.HandOver.Effect.TRY_ANOTHER;
import static centralita.gateway.call.HandOver.Effect.WITHDRAW;
import static centralita.gateway.call.HandOver.Input.CALLER_LOST;
import static centralita.gateway.call.HandOver.Input.NO_OTHER;
import static centralita.gateway.call.HandOver.Input.PREPARED;
import static centralita.gateway.call.HandOver.Input.REFUSED;
import static centralita.gateway.call.HandOver.Input.RELEASED;
import static centralita.gateway.call.HandOver.Input.SERVING_LOST;
import static centralita.gateway.call.HandOver.Input.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import centralita.gateway.call.HandOver.Decision;
import centralita.gateway.call.HandOver.Effect;
import centralita.gateway.call.HandOver.Input;
import centralita.gateway.call.HandOver.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** F-P6: every step of a move in peace, and what becomes of the call when one fails. */
class HandOverTest {
    private static final State WARMING = new State.Warming(false);
    private static final State WARMING_ANOTHER = new State.Warming(true);
    private static final State RELEASING = new State.Releasing();
    private static final State OVER = new State.Over();

    static Stream<Arguments> steps() {
        return Stream.of(
                arguments(WARMING, PREPARED, RELEASING, List.of(ASK_TO_RELEASE)),
                arguments(WARMING, REFUSED, WARMING, List.of(TRY_ANOTHER)),
                arguments(WARMING, RELEASED, OVER, List.of(ATTACH)),
                arguments(WARMING, SERVING_LOST, OVER, List.of(ATTACH)),
                arguments(WARMING, TIMED_OUT, OVER, List.of(WITHDRAW, GIVE_UP)),
                arguments(WARMING, NO_OTHER, OVER, List.of(GIVE_UP)),
                arguments(WARMING, CALLER_LOST, OVER, List.of(WITHDRAW)),
                arguments(WARMING_ANOTHER, PREPARED, RELEASING, List.of()),
                arguments(WARMING_ANOTHER, REFUSED, WARMING_ANOTHER, List.of(TRY_ANOTHER)),
                arguments(WARMING_ANOTHER, RELEASED, OVER, List.of(ATTACH)),
                arguments(WARMING_ANOTHER, NO_OTHER, OVER, List.of(ASK_TO_STAY, GIVE_UP)),
                arguments(WARMING_ANOTHER, TIMED_OUT, OVER, List.of(ASK_TO_STAY, WITHDRAW, GIVE_UP)),
                arguments(RELEASING, PREPARED, RELEASING, List.of()),
                arguments(RELEASING, REFUSED, WARMING_ANOTHER, List.of(TRY_ANOTHER)),
                arguments(RELEASING, RELEASED, OVER, List.of(ATTACH)),
                arguments(RELEASING, SERVING_LOST, OVER, List.of(ATTACH)),
                arguments(RELEASING, NO_OTHER, RELEASING, List.of()),
                arguments(RELEASING, TIMED_OUT, OVER, List.of(ASK_TO_STAY, WITHDRAW, GIVE_UP)),
                arguments(RELEASING, CALLER_LOST, OVER, List.of(WITHDRAW)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyStepHasOneAnswer(State state, Input input, State to, List<Effect> effects) {
        assertThat(HandOver.decide(state, input)).isEqualTo(new Decision(to, effects));
    }

    @ParameterizedTest
    @EnumSource(Input.class)
    void nothingHappensTwice(Input input) {
        assertThat(HandOver.decide(OVER, input)).isEqualTo(Decision.of(OVER));
    }

    @Test
    void theServingBridgeIsToldOnceHoweverManyOthersAreTried() {
        // Given
        var asked = 0;
        var state = WARMING;

        // When
        for (var input : List.of(PREPARED, REFUSED, PREPARED, REFUSED, PREPARED)) {
            var decision = HandOver.decide(state, input);
            state = decision.to();
            asked += decision.effects().contains(ASK_TO_RELEASE) ? 1 : 0;
        }

        // Then
        assertThat(asked).isEqualTo(1);
    }
}
