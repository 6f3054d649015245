package centralita.gateway;

import static centralita.gateway.testing.Provider.fields;
import static centralita.gateway.testing.Provider.newCaller;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.gateway.testing.LadderSettings;
import centralita.gateway.testing.RunningGateway;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TH-11: nobody has more calls than he may, and nobody takes more of the model than there is. */
@QuarkusTest
@TestProfile(LadderSettings.class)
class CallLimitsIT extends RunningGateway {
    @AfterEach
    void emptyTheRooms() {
        redis.key().del(LiveKeys.ADMITTED_INBOUND, LiveKeys.ADMITTED_OUTBOUND);
    }

    @Test
    void aThirdCallOfOneCallerIsToldSoUntilOneOfTheOthersEnds_TH11() {
        // Given
        var caller = newCaller();
        var first = call(caller);
        call(caller);

        // When
        var third = provider.post("/webhook/twilio", fields(newCall(), caller));
        provider.hangUp(first.callSid);
        events.awaitEnd(first.callId);

        // Then
        assertThat(third.status()).isEqualTo(200);
        assertThat(third.verbs()).containsExactly("Say", "Hangup");
        assertThat(third.body()).contains("llame de nuevo más tarde");
        Awaitility.await()
                .until(() -> provider.post("/webhook/twilio", fields(newCall(), caller))
                        .verbs()
                        .contains("Connect"));
    }

    @Test
    void theModelsBudgetAdmitsSoManyCalls() {
        // Given: tokens for one call
        var key = LiveKeys.modelBudget("openai", "gpt-realtime-2.1");
        redis.hash(String.class).hset(key, Map.of("limit", "5600", "level", "5600", "at", "0"));
        try {
            var first = Awaitility.await()
                    .until(
                            () -> provider.post("/webhook/twilio", fields(newCall(), newCaller())),
                            answer -> answer.verbs().contains("Gather"));

            // When, then
            assertThat(first.body()).contains("ocupadas");
        } finally {
            redis.key().del(key);
        }
        Awaitility.await()
                .until(() -> provider.post("/webhook/twilio", fields(newCall(), newCaller()))
                        .verbs()
                        .contains("Connect"));
    }

    private record Call(String callSid, UUID callId) {}

    /** A call that talks. */
    private Call call(String caller) {
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", fields(callSid, caller));
        assertThat(answer.verbs()).contains("Connect");
        provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, answer.callId());
        return new Call(callSid, answer.callId());
    }
}
