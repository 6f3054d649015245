package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.Supply.Failure;
import centralita.bridge.conversation.life.Supply.Next;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a call asks for its next model session (openai-realtime 1.3, F-O1, F-O2). */
class SupplyTest {
    private static final Next ELSEWHERE = new Next(new Supply("", 0, List.of("openai")), 0, 0);

    private static Supply tried(int tries) {
        return new Supply("openai", tries, List.of());
    }

    private static Next again(int attempt, long waitMs) {
        return new Next(tried(attempt), attempt, waitMs);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("first loss", Supply.FRESH, new Failure("openai", true, 0), 0, again(1, 0)),
                Arguments.of("third", tried(2), new Failure("openai", true, 0), 900, again(3, 0)),
                Arguments.of("tries are used up", tried(3), new Failure("openai", true, 0), 900, ELSEWHERE),
                Arguments.of("time is used up", tried(1), new Failure("openai", true, 0), 5_001, ELSEWHERE),
                Arguments.of(
                        "a short wait is kept", Supply.FRESH, new Failure("openai", true, 2_000), 0, again(1, 2_000)),
                Arguments.of(
                        "a long wait is kept elsewhere",
                        Supply.FRESH,
                        new Failure("openai", true, 20_000),
                        0,
                        ELSEWHERE),
                Arguments.of(
                        "a bad key is not tried again", Supply.FRESH, new Failure("openai", false, 0), 0, ELSEWHERE));
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
        var supply = new Supply("", 0, List.of("openai"));

        // When
        var next = supply.after(new Failure("azure", true, 0), Setup.ModelCare.USUAL, 1_000);

        // Then
        assertThat(next).isEqualTo(new Next(new Supply("azure", 1, List.of("openai")), 1, 0));
    }

    @Test
    void whenNobodyCanBeAskedTheTriesAreOver() {
        assertThat(Supply.FRESH.after(new Failure("", false, 0), Setup.ModelCare.USUAL, 0))
                .isNull();
    }
}
