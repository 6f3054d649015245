package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.ScriptedBridge;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bridge that carries much more than another gives calls to it, without being asked. */
@QuarkusTest
class RebalancingIT extends RunningGateway {
    private static final byte[] NOTHING = {};

    private ScriptedBridge other;
    private Call first;

    private record Call(UUID callId, int session) {}

    @BeforeEach
    void oneCallAndThenASecondBridge() {
        first = callAt(bridge);
        other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis);
        other.awaitLink();
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void aCallLeavesTheBridgeThatCarriesTooMuchInPeace() {
        // When
        bridge.load(80);

        // Then: the other one stands ready first, and then the caller goes over
        move(first, bridge, other);
        var moved = Awaitility.await()
                .until(() -> events.of(first.callId, CallFact.Moved.class), found -> !found.isEmpty())
                .getFirst();
        assertThat(moved.cause()).isEqualTo("rebalance");
    }

    @Test
    void aCallThatWasMovedStaysWhileOneThatWasNotGoes() {
        // Given: one that has come from the bridge that is empty now, and one that began where both are
        bridge.load(80);
        move(first, bridge, other);
        var resident = callAt(other);

        // When
        bridge.load(0);
        other.load(80);

        // Then: both were looked at in the same moment
        assertThat(bridge.await(RecordKind.PREPARE, resident.callId)
                        .as(LinkControl.Prepare.class)
                        .warm())
                .isTrue();
        assertThat(bridge.of(RecordKind.PREPARE, first.callId)).hasSize(1);
    }

    /** A call that talks. @param wanted the bridge that has the most room, as the gateway has seen */
    private Call callAt(ScriptedBridge wanted) {
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        provider.open(answer.streamUrl()).start(callSid);
        return new Call(
                answer.callId(),
                wanted.await(RecordKind.ATTACH, answer.callId()).session());
    }

    private static void move(Call call, ScriptedBridge from, ScriptedBridge to) {
        var order = to.await(RecordKind.PREPARE, call.callId);
        assertThat(order.as(LinkControl.Prepare.class).warm()).isTrue();
        to.send(order.session(), 0, RecordKind.PREPARED, NOTHING);
        assertThat(from.await(RecordKind.HAND_OVER, call.session, 1)
                        .getFirst()
                        .as(LinkControl.HandOver.class)
                        .reason())
                .isEqualTo("rebalance");
        from.send(call.session, 0, RecordKind.RELEASED, NOTHING);
        to.await(RecordKind.ATTACH, call.callId);
    }
}
