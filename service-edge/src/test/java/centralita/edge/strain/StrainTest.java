package centralita.edge.strain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-R6: shed first, recover within 30 s. */
class StrainTest {
    private static final long LOOK_MS = 100;

    private final Strain strain = new Strain(new Strain.Limits(60, 10_000, 0.85));

    /** @return ms until the process was in the wanted state; fails when that takes longer than a minute */
    private long until(boolean strained, long lateMs, double oldGeneration) {
        for (var ms = 0L; ms < 60_000; ms += LOOK_MS) {
            if (strain.strained() == strained) {
                return ms;
            }
            strain.look(LOOK_MS, lateMs, oldGeneration);
        }
        throw new AssertionError("not within a minute");
    }

    private void look(long forMs, long lateMs, double oldGeneration) {
        for (var ms = 0L; ms < forMs; ms += LOOK_MS) {
            strain.look(LOOK_MS, lateMs, oldGeneration);
        }
    }

    @Test
    @DisplayName("F-R6: a loop that is always late is strained within ten seconds, and has recovered within thirty")
    void late() {
        assertThat(until(true, 61, 0)).isBetween(5_000L, 10_000L);
        look(60_000, 500, 0);
        assertThat(until(false, 60, 0)).isBetween(10_000L, 30_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 2_000, 8_000, 3_600_000})
    void oneLongPauseIsNoStrainNorIsCatchingUpWithIt(long pauseMs) {
        // Given
        look(60_000, 10, 0);

        // When
        strain.look(pauseMs, pauseMs, 0);
        look(2_000, 100, 0);

        // Then
        assertThat(strain.strained()).isFalse();
    }

    @Test
    void aLoopThatNeverComesBackForSecondsIsStrain() {
        // When
        for (var i = 0; i < 5; i++) {
            strain.look(5_000, 4_900, 0);
        }

        // Then
        assertThat(strain.late()).isTrue();
    }

    @Test
    void aLoopThatIsLateEveryOtherTimeDoesNotTakeAndRefuseInTurns() {
        // Given
        var changes = 0;
        look(60_000, 100, 0);
        var before = strain.strained();

        // When
        for (var i = 0; i < 1_000; i++) {
            strain.look(LOOK_MS, i % 5 < 2 ? 100 : 10, 0);
            changes += strain.strained() == before ? 0 : 1;
            before = strain.strained();
        }

        // Then
        assertThat(changes).isZero();
    }

    @Test
    @DisplayName(
            "F-R6: more than 85 % of the old generation in use is strain at once, until a tenth of it is free again")
    void heap() {
        look(10_000, 0, 0.85);
        assertThat(strain.full()).isFalse();
        assertThat(until(true, 0, 0.86)).isEqualTo(LOOK_MS);
        assertThat(strain.late()).isFalse();
        look(60_000, 0, 0.8);
        assertThat(strain.full()).isTrue();
        assertThat(until(false, 0, 0.74)).isEqualTo(LOOK_MS);
    }

    @Test
    void onlyBothGoneIsRecovered() {
        look(60_000, 100, 0.9);
        look(60_000, 100, 0.1);
        assertThat(strain.strained()).isTrue();
        look(60_000, 0, 0.1);
        assertThat(strain.strained()).isFalse();
    }
}
