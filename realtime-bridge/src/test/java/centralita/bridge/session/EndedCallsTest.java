package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.EndReason;
import centralita.contracts.id.UuidV7;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F-P2, I6: who is told that a call is over, and who is not. */
class EndedCallsTest {
    private final EndedCalls ended = new EndedCalls();
    private final UUID callId = UuidV7.next();

    @Test
    void whoDoesNotKnowThatACallWasMeantToEndIsTold() {
        // Given
        ended.remember(callId, 5, EndReason.ASSISTANT_HUNG_UP);

        // When, then
        assertThat(ended.why(callId, 5)).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        assertThat(ended.why(callId, 4)).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        assertThat(ended.why(UuidV7.next(), 5)).isNull();
    }

    @Test
    void whatAZombieEndedGoesOnUnderALaterOwner() {
        // Given: it hung up while another bridge had the call already
        ended.remember(callId, 5, EndReason.ASSISTANT_HUNG_UP);

        // When, then: that one is lost, and the call comes back here
        assertThat(ended.why(callId, 7)).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"STREAM_LOST", "NEVER_ATTACHED", "GIVEN_AWAY", "MODEL_UNAVAILABLE", "CALLER_HUNG_UP", "UNKNOWN"})
    void aCallThatWasLetGoMayComeBack(EndReason why) {
        // Given
        ended.remember(callId, 5, why);

        // When, then
        assertThat(ended.why(callId, 5)).isNull();
    }
}
