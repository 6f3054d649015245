package centralita.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.Direction;
import centralita.gateway.admission.Admission.Budget;
import centralita.gateway.admission.Admission.Capacity;
import centralita.gateway.admission.Admission.Limits;
import centralita.gateway.admission.Verdict.Admitted;
import centralita.gateway.admission.Verdict.Ceilings;
import centralita.gateway.admission.Verdict.NoRoom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F-R5, D-11, TH-11. */
class AdmissionTest {
    private static final Limits LIMITS = new Limits(0.25, 0.9, 0);
    private static final Budget NO_LIMIT = new Budget(0, 0, 5_000, 0, 0);

    static Stream<Arguments> cases() {
        return Stream.of(
                of("room", new Capacity(8, 7, 0), NO_LIMIT, Direction.INBOUND, admitted(8, 6, -1)),
                of("no bridge at all", new Capacity(0, 0, 0), NO_LIMIT, Direction.INBOUND, no(Refusal.NO_BRIDGE)),
                of("bridges are full", new Capacity(8, 8, 0), NO_LIMIT, Direction.INBOUND, no(Refusal.NO_BRIDGE)),
                of("outbound has its part", new Capacity(8, 6, 6), NO_LIMIT, Direction.OUTBOUND, share()),
                of("inbound takes the rest", new Capacity(8, 6, 6), NO_LIMIT, Direction.INBOUND, admitted(8, 6, -1)),
                of("outbound below its part", new Capacity(8, 7, 5), NO_LIMIT, Direction.OUTBOUND, admitted(8, 6, -1)),
                // 40,000 a minute, of which 36,000 are planned for: 7 calls of 5,000.
                of("tokens for one more", room(), budget(40_000, 40_000, 6), Direction.INBOUND, admitted(100, 75, 7)),
                of("tokens are planned for", room(), budget(40_000, 40_000, 7), Direction.INBOUND, noTokens()),
                of("outbound: 27,000", room(), budget(40_000, 40_000, 4), Direction.OUTBOUND, admitted(100, 75, 5)),
                of("outbound: no more", room(), budget(40_000, 40_000, 5), Direction.OUTBOUND, noTokens()),
                of("this minute is used up", room(), budget(40_000, 4_999, 1), Direction.INBOUND, noTokens()),
                of("a small budget has one", room(), budget(1_000, 1_000, 0), Direction.INBOUND, admitted(100, 75, 1)),
                of("and not two", room(), budget(1_000, 1_000, 1), Direction.INBOUND, noTokens()));
    }

    private static Arguments of(Object... arguments) {
        return Arguments.of(arguments);
    }

    private static Capacity room() {
        return new Capacity(100, 10, 0);
    }

    private static Budget budget(long limit, long left, int calls) {
        return new Budget(limit, left, 5_000, calls, 0);
    }

    private static Verdict admitted(int calls, int outbound, int ofModel) {
        return new Admitted(new Ceilings(calls, outbound, ofModel));
    }

    private static Verdict no(Refusal reason) {
        return new NoRoom(reason);
    }

    private static Verdict share() {
        return no(Refusal.INBOUND_SHARE);
    }

    private static Verdict noTokens() {
        return no(Refusal.NO_BUDGET);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aCallIsAdmittedWhenThereIsRoomForIt(
            String name, Capacity capacity, Budget budget, Direction direction, Verdict expected) {
        // When, then
        assertThat(Admission.decide(capacity, budget, direction, LIMITS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("days")
    void aDayHasItsTokens(long used, long most, Verdict expected) {
        // When
        var verdict = Admission.decide(
                room(), new Budget(0, 0, 5_000, 0, used), Direction.INBOUND, new Limits(0.25, 0.9, most));

        // Then
        assertThat(verdict).isEqualTo(expected);
    }

    static Stream<Arguments> days() {
        return Stream.of(
                of(1_000_000, 0, admitted(100, 75, -1)),
                of(999_999, 1_000_000, admitted(100, 75, -1)),
                of(1_000_000, 1_000_000, no(Refusal.DAY_BUDGET)));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Refusal.class)
    void aRefusalIsFoundByItsWord(Refusal refusal) {
        // When, then
        assertThat(Refusal.of(refusal.word())).contains(refusal);
    }
}
