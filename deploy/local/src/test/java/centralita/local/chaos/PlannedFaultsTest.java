package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** F-P6: what is restarted on purpose is no loss, moves a call once, and is hardly heard. */
class PlannedFaultsTest {
    private static final Strike DRAIN = new Strike("bridge-drain", "bridge 1", 5, 20_000, 24_000, "");
    private static final Strike BRIDGE_RESTART = new Strike("bridge-restart", "bridge 1", 5, 20_000, 24_000, "");
    private static final Strike GATEWAY_RESTART = new Strike("gateway-restart", "gateway 1", 5, 20_000, 24_000, "");
    private static final Strike KILL = new Strike("bridge-kill", "bridge 1", 5, 20_000, 24_000, "");

    @ParameterizedTest
    @MethodSource("planned")
    void aCallThatAPlannedFaultLosesViolates(Strike planned) {
        // Given
        var run = new RunBuilder().moved("lost", 21_500, 1_200);

        // When, then
        assertThat(run.violated(planned)).containsExactly("planned-is-no-loss");
        assertThat(run.finding("planned-is-no-loss", planned).examples())
                .containsExactly(RunBuilder.CALL + " lost bridge-1 by " + planned.fault());
    }

    @ParameterizedTest
    @MethodSource("planned")
    void aStreamThatAPlannedFaultBreaksViolates(Strike planned) {
        // Given
        var run = new RunBuilder().streamEnded(20_300, 1006);

        // When, then
        assertThat(run.violated(planned)).containsExactly("planned-is-no-loss");
    }

    static Stream<Strike> planned() {
        return Stream.of(DRAIN, BRIDGE_RESTART, GATEWAY_RESTART);
    }

    @Test
    void whatAPlannedFaultDoesInOrderHoldsAndIsLookedAt() {
        // Given
        var run = new RunBuilder()
                .moved("draining", 20_800, 300)
                .streamEnded(20_300, 1001)
                .streamEnded(23_000, 0);

        // When, then
        assertThat(run.violated(BRIDGE_RESTART)).isEmpty();
        assertThat(run.finding("planned-is-no-loss", BRIDGE_RESTART).looked()).isEqualTo(3);
        assertThat(run.finding("moved-once", BRIDGE_RESTART).looked()).isEqualTo(1);
    }

    @ParameterizedTest(name = "stream broke at {0}")
    @CsvSource({"19999, false", "20000, true", "29000, true", "29001, false"})
    void aPlannedFaultAnswersForItselfUntilFiveSecondsAfterItWasHealed(long brokeAtMs, boolean violates) {
        // Given
        var run = new RunBuilder().streamEnded(brokeAtMs, 1006);

        // When, then
        assertThat(run.violated(BRIDGE_RESTART)).isEqualTo(violates ? List.of("planned-is-no-loss") : List.of());
    }

    @Test
    void aMoveBelongsToTheMomentAtWhichTheOldBridgeServedNoMore() {
        // Given: lost at 29 s, served at 31 s
        var late = new RunBuilder().moved("lost", 31_000, 2_000);
        // and lost at 19.9 s, served at 20.5 s
        var early = new RunBuilder().moved("lost", 20_500, 600);

        // When, then
        assertThat(late.violated(BRIDGE_RESTART)).containsExactly("planned-is-no-loss");
        assertThat(early.violated(BRIDGE_RESTART)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unplannedFaultsNearby")
    void anUnplannedFaultNearbyMayDoAnything(String nearby, Strike unplanned) {
        // Given
        var run = new RunBuilder()
                .moved("lost", 21_500, 500)
                .moved("lost", 22_500, 500)
                .streamEnded(21_000, 1006)
                .notHeard(21_000, 23_000);

        // When, then
        assertThat(run.violated(unplanned, BRIDGE_RESTART)).isEmpty();
    }

    static Stream<Arguments> unplannedFaultsNearby() {
        return Stream.of(
                Arguments.of("healed before", new Strike("redis-gone", "", 5, 8_000, 17_500, "")),
                Arguments.of("not healed yet", new Strike("bridge-freeze", "bridge 2", 5, 19_000, 26_000, "")));
    }

    @Test
    void withoutAPlannedFaultNothingOfThisIsLookedAt() {
        // Given
        var run = new RunBuilder()
                .moved("lost", 21_500, 500)
                .streamEnded(21_000, 1006)
                .notHeard(21_000, 23_000);

        // When, then
        assertThat(run.violated()).isEmpty();
        assertThat(run.violated(KILL)).isEmpty();
        assertThat(Stream.of("planned-is-no-loss", "moved-once", "long-gaps")
                        .map(rule -> run.finding(rule, KILL).looked()))
                .containsOnly(0L);
    }

    @ParameterizedTest
    @MethodSource("bridgesThatLeave")
    void aCallThatIsMovedTwiceByOneFaultViolates(Strike planned) {
        // Given
        var run = new RunBuilder().moved("draining", 20_500, 100).moved("rebalance", 26_000, 100);

        // When, then
        assertThat(run.violated(planned)).containsExactly("moved-once");
        assertThat(run.finding("moved-once", planned).examples())
                .containsExactly(RunBuilder.CALL + " 2 times by " + planned.fault());
    }

    static Stream<Strike> bridgesThatLeave() {
        return Stream.of(DRAIN, BRIDGE_RESTART);
    }

    @Test
    void aCallThatIsMovedByEachOfTwoRestartsIsMovedOnceByEach() {
        // Given: the second comes while the first is still felt
        var run = new RunBuilder().moved("draining", 20_500, 100).moved("draining", 27_500, 100);
        var next = new Strike("bridge-restart", "bridge 2", 5, 27_000, 30_000, "");

        // When, then
        assertThat(run.violated(BRIDGE_RESTART, next)).isEmpty();
        assertThat(run.finding("moved-once", BRIDGE_RESTART, next).looked()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} ms after a planned fault")
    @CsvSource({"1000, false", "1001, true"})
    void aCallMayBeUnheardForASecondAfterAPlannedFault(long lengthMs, boolean violates) {
        // Given: the last that was heard may be from just before it
        var run = new RunBuilder().notHeard(19_990, 19_990 + lengthMs);

        // When, then
        assertThat(run.violated(GATEWAY_RESTART)).isEqualTo(violates ? List.of("long-gaps") : List.of());
        assertThat(run.finding("long-gaps", GATEWAY_RESTART).looked()).isEqualTo(1);
    }

    @Test
    void aMoveThatTakesLongIsALongGapToo() {
        // Given
        var run = new RunBuilder()
                .session(1, 9_000, 10_100, 20_050, 20_110, List.of())
                .session(2, 20_500, 21_400, 39_900, 40_000, List.of());

        // When, then
        assertThat(run.violated(BRIDGE_RESTART)).containsExactly("long-gaps");
    }
}
