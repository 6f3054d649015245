package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    @Test
    void theSameSeedGivesTheSameFaultsAtTheSameTimes() {
        // When
        var first = plan(42).next(60);
        var second = plan(42).next(60);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void anotherSeedGivesOthers() {
        // When
        var first = plan(42).next(60);
        var other = plan(43).next(60);

        // Then
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void everyKindComesOnceBeforeAnyComesAgain() {
        // When
        var planned = plan(7).next(FaultKind.all().size());

        // Then
        assertThat(planned.stream().map(one -> one.fault().kind())).containsExactlyInAnyOrderElementsOf(FaultKind.all());
    }

    @Test
    void peaceIsBetweenItsLimitsAndProcessesExist() {
        // When
        var planned = plan(1).next(300);

        // Then
        assertThat(planned)
                .allSatisfy(one -> assertThat(one.peace()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(10)));
        assertThat(planned.stream().map(ChaosPlan.Planned::fault).filter(BridgeKilled.class::isInstance))
                .allSatisfy(fault -> assertThat(((BridgeKilled) fault).bridge()).isBetween(1, 3));
    }

    @Test
    void aKindThatNobodyKnowsIsNamedWithTheKnownOnes() {
        // When, then
        assertThatThrownBy(() -> FaultKind.of("earthquake"))
                .hasMessage("no fault \"earthquake\"; known: " + FaultKind.words());
        assertThat(FaultKind.words()).startsWith("bridge-kill, bridge-freeze");
    }

    private static ChaosPlan plan(long seed) {
        return new ChaosPlan(seed, List.of(FaultKind.values()), 3, 2, Duration.ofSeconds(3), Duration.ofSeconds(10));
    }
}
