package centralita.bridge.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.breaker.Breaker.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a provider is left alone and when it is asked again (F-O2). */
class BreakerTest {
    private static final Breaker.Rules RULES = new Breaker.Rules(10, 50, 15_000, 3);

    private static Breaker after(int good, int bad, long fromMs) {
        var breaker = Breaker.CLOSED;
        for (var i = 0; i < good; i++) {
            breaker = breaker.succeeded(RULES, fromMs);
        }
        for (var i = 0; i < bad; i++) {
            breaker = breaker.failed(RULES, fromMs);
        }
        return breaker;
    }

    @ParameterizedTest(name = "{0} good, {1} bad: {2}")
    @CsvSource({"0, 9, CLOSED", "0, 10, OPEN", "5, 5, OPEN", "6, 5, CLOSED", "100, 50, CLOSED", "50, 50, OPEN"})
    void itOpensAtHalfOfAtLeastTen(int good, int bad, Phase expected) {
        assertThat(after(good, bad, 1_000).phase()).isEqualTo(expected);
    }

    @Test
    void whatIsOlderThanTenSecondsDoesNotCount() {
        // Given
        var nine = after(0, 9, 1_000);

        // When
        var justInTime = nine.failed(RULES, 10_999);
        var late = nine.failed(RULES, 11_000);

        // Then
        assertThat(justInTime.phase()).isEqualTo(Phase.OPEN);
        assertThat(late.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void afterItsRestThreeGoodProbesCloseIt() {
        // Given
        var open = after(0, 10, 1_000);

        // When
        var resting = open.at(15_999);
        var tried = open.at(16_000);
        var two = tried.succeeded(RULES, 16_100).succeeded(RULES, 16_200);
        var three = two.succeeded(RULES, 16_300);

        // Then
        assertThat(resting.phase()).isEqualTo(Phase.OPEN);
        assertThat(tried.phase()).isEqualTo(Phase.HALF_OPEN);
        assertThat(two.phase()).isEqualTo(Phase.HALF_OPEN);
        assertThat(three).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void aBadProbeLetsItRestAgain() {
        // Given
        var tried = after(0, 10, 1_000).at(16_000).succeeded(RULES, 16_100);

        // When
        var again = tried.failed(RULES, 17_000);

        // Then
        assertThat(again).isEqualTo(new Breaker(Phase.OPEN, 32_000, 0, Window.EMPTY));
    }

    @Test
    void anEmptyAccountNeedsNoSecondProof() {
        assertThat(Breaker.CLOSED.tripped(RULES, 1_000)).isEqualTo(new Breaker(Phase.OPEN, 16_000, 0, Window.EMPTY));
    }
}
