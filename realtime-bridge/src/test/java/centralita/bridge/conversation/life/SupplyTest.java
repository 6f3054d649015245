package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.Supply.Failure;
import centralita.bridge.conversation.life.Supply.Next;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a call asks for its next model session (openai-realtime 1.3, F-O1, F-O2). */
class SupplyTest {
    private static Supply tried(int tries) {
        return new Supply("openai", tries, List.of(), List.of(), 0);
    }

    private static Next givenUp(long restMs) {
        return new Next(new Supply("", 0, List.of("openai"), List.of(), restMs), 0, 0);
    }

    private static Next again(int attempt, long waitMs) {
        return new Next(tried(attempt), attempt, waitMs);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("first loss", Supply.FRESH, new Failure("openai", true, 0), 0, again(1, 0)),
                Arguments.of("third", tried(2), new Failure("openai", true, 0), 900, again(3, 0)),
                Arguments.of("tries are used up", tried(3), new Failure("openai", true, 0), 900, givenUp(0)),
                Arguments.of("time is used up", tried(1), new Failure("openai", true, 0), 5_001, givenUp(0)),
                Arguments.of(
                        "a short wait is kept", Supply.FRESH, new Failure("openai", true, 2_000), 0, again(1, 2_000)),
                Arguments.of(
                        "a long wait is kept elsewhere",
                        Supply.FRESH,
                        new Failure("openai", true, 20_000),
                        0,
                        givenUp(20_000)),
                Arguments.of(
                        "a bad key is not tried again",
                        Supply.FRESH,
                        new Failure("openai", false, 0),
                        0,
                        new Next(new Supply("", 0, List.of("openai"), List.of("openai"), 0), 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void theSameProviderIsAskedAgainAFewTimesAndNotForLong(
            String name, Supply before, Failure failure, long outageMs, Next expected) {
        assertThat(before.after(failure, Setup.ModelCare.USUAL, outageMs)).isEqualTo(expected);
    }

    @Test
    void aProviderThatWasGivenUpIsRememberedWhileTheNextOneIsTried() {
        // Given
        var supply = new Supply("", 0, List.of("openai"), List.of(), 0);

        // When
        var next = supply.after(new Failure("azure", true, 0), Setup.ModelCare.USUAL, 1_000);

        // Then
        assertThat(next).isEqualTo(new Next(new Supply("azure", 1, List.of("openai"), List.of(), 0), 1, 0));
    }

    static Stream<Arguments> rounds() {
        var fromTheStart = new Next(Supply.FRESH, 3, 500);
        return Stream.of(
                Arguments.of("a restart", leftBy(List.of("openai"), List.of(), 0), fromTheStart),
                Arguments.of(
                        "an order to wait",
                        leftBy(List.of("openai"), List.of(), 6_000),
                        new Next(Supply.FRESH, 3, 6_000)),
                Arguments.of(
                        "an order to wait longer than anybody does",
                        leftBy(List.of("openai"), List.of(), 20_000),
                        new Next(Supply.FRESH, 3, 20_000)),
                Arguments.of("a bad key", leftBy(List.of("openai"), List.of("openai"), 0), null),
                Arguments.of(
                        "a bad key beside a restart",
                        leftBy(List.of("azure", "openai"), List.of("azure"), 0),
                        new Next(leftBy(List.of("azure"), List.of("azure"), 0), 3, 500)),
                Arguments.of("nobody could be asked at all", Supply.FRESH, fromTheStart));
    }

    private static Supply leftBy(List<String> givenUp, List<String> hopeless, long restMs) {
        return new Supply("", 0, givenUp, hopeless, restMs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rounds")
    void whenNobodyIsLeftTheListIsAskedAgainUnlessItWouldBeInVain(String name, Supply before, @Nullable Next expected) {
        assertThat(before.anotherRound(Setup.ModelCare.USUAL)).isEqualTo(expected);
    }

    @Test
    void ofSeveralOrdersToWaitTheShortestCounts() {
        // Given
        var before = leftBy(List.of("azure", "openai"), List.of("azure"), 6_000);

        // When
        var next = before.after(new Failure("third", true, 5_500), Setup.ModelCare.USUAL, 0);

        // Then
        assertThat(next)
                .isEqualTo(new Next(leftBy(List.of("azure", "openai", "third"), List.of("azure"), 5_500), 0, 0));
    }

    @Test
    void whoKeepsSilentIsLeftAtOnceAndAskedAgainInAnotherRound() {
        // Given
        var before = new Supply("openai", 2, List.of("third"), List.of("third"), 6_000);

        // When
        var next = before.elsewhere("openai");

        // Then
        assertThat(next).isEqualTo(new Next(leftBy(List.of("third", "openai"), List.of("third"), 0), 0, 0));
        assertThat(next.to().anotherRound(Setup.ModelCare.USUAL))
                .isEqualTo(new Next(leftBy(List.of("third"), List.of("third"), 0), 3, 500));
    }

    @Test
    void whenNobodyCanBeAskedTheTriesAreOver() {
        assertThat(Supply.FRESH.after(new Failure("", false, 0), Setup.ModelCare.USUAL, 0))
                .isNull();
    }
}
