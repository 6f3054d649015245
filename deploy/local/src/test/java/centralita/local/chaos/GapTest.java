package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.continuity.SessionLog.Pause;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final Strike KILL = new Strike("bridge-kill", "bridge 1", 5, 20_100, 25_000, "");

    @Test
    void aCallThatStayedHasNoGap() {
        // When, then
        assertThat(gaps(new RunBuilder())).isEmpty();
    }

    @Test
    void fromTheLastThatOneSessionHeardToTheFirstOfTheNext() {
        // Given
        var run = new RunBuilder()
                .session(1, 9_000, 10_100, 20_050, 20_110, List.of())
                .session(2, 20_500, 21_400, 39_900, 40_000, List.of());

        // When, then
        assertThat(gaps(run, KILL))
                .containsExactly(new Gap(RunBuilder.CALL, 20_050, 21_400, true, "bridge-kill"));
    }

    @Test
    void aSessionThatWasFrozenCountsFromTheFreeze() {
        // Given: it tells its model at 24 s what it had heard at 20 s
        var freeze = new Strike("bridge-freeze", "bridge 1", 5, 20_000, 24_000, "");
        var run = new RunBuilder()
                .session(1, 9_000, 10_100, 24_010, 24_020, List.of())
                .session(2, 22_500, 22_900, 39_900, 40_000, List.of());

        // When, then
        assertThat(gaps(run, freeze))
                .containsExactly(new Gap(RunBuilder.CALL, 20_000, 22_900, true, "bridge-freeze"));
    }

    @Test
    void aSessionThatWasPreparedAndNeverHeardIsNoMove() {
        // Given
        var run = new RunBuilder().session(2, 20_500, -1, -1, 30_000, List.of());

        // When, then
        assertThat(gaps(run, KILL)).isEmpty();
    }

    @Test
    void aPauseOfOneSessionIsAGapWithoutAMove() {
        // Given
        var gatewayKill = new Strike("gateway-kill", "gateway 1", 5, 20_100, 25_000, "");
        var run = new RunBuilder().session(1, 9_000, 10_100, 39_900, 40_100, List.of(new Pause(20_100, 21_000)));

        // When, then
        assertThat(gaps(run, gatewayKill))
                .containsExactly(new Gap(RunBuilder.CALL, 20_100, 21_000, false, "gateway-kill"));
    }

    @Test
    void whatHappensLongAfterAFaultIsNotItsDoing() {
        // Given
        var run = new RunBuilder().session(1, 9_000, 10_100, 50_900, 51_000, List.of(new Pause(45_000, 46_000)));
        run.asked.clear();

        // When
        var gaps = Gap.of(run.sessions, List.of(), List.of(KILL));

        // Then
        assertThat(gaps).containsExactly(new Gap(RunBuilder.CALL, 45_000, 46_000, false, Gap.NO_FAULT));
    }

    private static List<Gap> gaps(RunBuilder run, Strike... strikes) {
        var evidence = run.evidence(strikes);
        return Gap.of(evidence.sessions(), evidence.callers(), evidence.strikes());
    }
}
