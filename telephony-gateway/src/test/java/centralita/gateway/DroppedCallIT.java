package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallbackCause;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.request.RequestFact;
import centralita.gateway.testing.ForeignCalls;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-P3: the provider says that a call of another gateway is over; whether that one lives tells why. */
@QuarkusTest
class DroppedCallIT extends RunningGateway {
    @Test
    void aCallThatTheProviderEndedBecauseItsGatewayDiedIsDroppedAndCalledBack_FP3() {
        // Given: the gateway that had its stream has given no sign of life
        var live = talking();
        redis.hash(String.class)
                .hset(LiveKeys.call(live.callId()), "gateway", UUID.randomUUID().toString());

        // When
        over(live);

        // Then
        var end = events.awaitEnd(live.callId());
        assertThat(List.of(end.outcome(), end.reason()))
                .isEqualTo(List.of(Outcome.DROPPED, EndReason.DROPPED_BY_PLATFORM));
        Awaitility.await().until(() -> !events.requests(live.callId()).isEmpty());
        assertThat(((RequestFact.Callback) events.requests(live.callId()).getFirst()).cause())
                .isEqualTo(CallbackCause.DROPPED_BY_PLATFORM);
    }

    @Test
    void aCallWhoseGatewayLivesWasEndedByItsCaller() {
        // Given
        var live = talking();
        var holder = UUID.randomUUID().toString();
        redis.hash(String.class).hset(LiveKeys.call(live.callId()), "gateway", holder);
        redis.value(String.class).setex(LiveKeys.gateway(holder), 60, "1");

        // When
        over(live);

        // Then
        assertThat(events.awaitEnd(live.callId()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(events.requests(live.callId())).isEmpty();
    }

    /** A call that talks at another gateway. */
    private LiveCall talking() {
        return ForeignCalls.write(redis, Provider.CALLER, 1, "bridge-of-another", null);
    }

    private void over(LiveCall call) {
        provider.hangUp(call.callSid());
    }
}
