package centralita.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import centralita.gateway.pool.Rebalance.Load;
import centralita.gateway.pool.Rebalance.Move;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RebalanceTest {
    private static final Rebalance.Rule RULE = new Rebalance.Rule(0.25, 0.1, 10, 4);

    static Stream<Arguments> pictures() {
        return Stream.of(
                arguments("nobody is there", List.of(), false, null),
                arguments("one alone", List.of(load("a", 90)), false, null),
                arguments("a quarter ahead is not enough", List.of(load("a", 35), load("b", 10)), false, null),
                arguments("more than a quarter ahead", List.of(load("a", 36), load("b", 10)), false, new Move("a", 4)),
                arguments("once begun it goes on", List.of(load("a", 30), load("b", 15)), true, new Move("a", 4)),
                arguments("until it is good enough", List.of(load("a", 25), load("b", 15)), true, null),
                arguments(
                        "a handful is nobody's burden",
                        List.of(new Load("a", 9, 10, true, true), new Load("b", 0, 10, true, true)),
                        false,
                        null),
                arguments(
                        "who drains gives its calls away by itself",
                        List.of(new Load("a", 90, 100, false, false), load("b", 0)),
                        false,
                        null),
                arguments(
                        "who has too much to do is given nothing (F-R6)",
                        List.of(load("a", 60), new Load("b", 10, 100, true, false)),
                        false,
                        null),
                arguments(
                        "and is relieved when he is the fullest",
                        List.of(new Load("a", 60, 100, true, false), load("b", 10)),
                        false,
                        new Move("a", 4)),
                arguments(
                        "share of capacity counts, not calls",
                        List.of(new Load("a", 60, 1_000, true, true), new Load("b", 45, 100, true, true)),
                        false,
                        null),
                arguments(
                        "the fullest of three",
                        List.of(load("a", 50), load("b", 80), load("c", 10)),
                        false,
                        new Move("b", 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void callsMoveOnlyWhenItIsWorthIt(String what, List<Load> picture, boolean underway, @Nullable Move expected) {
        assertThat(Rebalance.decide(picture, underway, RULE)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void twoGatewaysWithTheSamePictureEvenItOutAndStop() {
        // Given
        var full = 100;
        var empty = 0;
        var underway = false;
        var looks = 0;

        // When: each of two gateways moves what it finds right
        while (looks < 100) {
            var move = Rebalance.decide(List.of(load("a", full), load("b", empty)), underway, RULE);
            underway = move.isPresent();
            if (!underway) {
                break;
            }
            full -= 2 * move.get().calls();
            empty += 2 * move.get().calls();
            looks++;
        }

        // Then
        assertThat(List.of(full, empty)).isEqualTo(List.of(52, 48));
        assertThat(looks).isEqualTo(6);
    }

    private static Load load(String bridgeId, int calls) {
        return new Load(bridgeId, calls, 100, true, true);
    }
}
