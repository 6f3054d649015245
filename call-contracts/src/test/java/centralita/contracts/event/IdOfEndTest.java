package centralita.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.id.UuidV7;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** I4: a call's end is one event, whoever tells it and however often. */
class IdOfEndTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void everybodyWhoTellsTheEndOfACallTellsTheSameEvent() {
        // Given
        var callId = UuidV7.next();

        // When
        var byTheGateway = CallEvent.of(
                "telephony-gateway",
                callId,
                NOW,
                null,
                new CallFact.Ended(Outcome.COMPLETED, EndReason.CALLER_HUNG_UP, 42_000));
        var byTheOrchestrator = CallEvent.of(
                "call-orchestrator",
                callId,
                NOW.plusSeconds(60),
                null,
                new CallFact.Ended(Outcome.DROPPED, EndReason.UNKNOWN, 40_000));

        // Then
        assertThat(byTheGateway.id()).isEqualTo(byTheOrchestrator.id()).isEqualTo(CallEvent.idOfEnd(callId));
    }

    /** Consumers have stored these ids: they must come out the same for ever. */
    @Test
    void theIdOfACallsEndNeverChanges() {
        assertThat(CallEvent.idOfEnd(UUID.fromString("01930000-0000-7000-8000-00000000000a")))
                .isEqualTo(UUID.fromString("18834ed4-1959-8329-bbcb-e66432e24e3d"));
    }

    @Test
    void otherFactsOfACallAreEventsOfTheirOwn() {
        // Given
        var callId = UuidV7.next();
        var fact = new CallFact.Answered("CA1");

        // When
        var first = CallEvent.of("telephony-gateway", callId, NOW, null, fact);
        var second = CallEvent.of("telephony-gateway", callId, NOW, null, fact);

        // Then
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.id().version()).isEqualTo(7);
    }
}
