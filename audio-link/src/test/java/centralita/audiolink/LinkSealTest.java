package centralita.audiolink;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.json.ContractsJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** TH-6: an order holds for its call, on its link, as it was written. */
class LinkSealTest {
    private static final UUID CALL_A = UUID.fromString("01930000-0000-7000-8000-00000000000a");
    private static final UUID CALL_B = UUID.fromString("01930000-0000-7000-8000-00000000000b");
    private static final String BRIDGE = "ws://10.0.0.7:8082";
    private static final String SECRET = "a-secret-of-the-deployment";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
    private static final LinkVisit.Visits VISITS = new LinkVisit.Visits(SECRET, CLOCK);
    private static final int SESSION = 7;

    private final LinkVisit visit = VISITS.to(BRIDGE);
    private final LinkSeal bridgesSeal = admitted(visit, BRIDGE);

    @Test
    void anOrderArrivesAsItWasWritten() {
        // Given
        var batch = Unpooled.buffer();

        // When
        visit.seal().write(batch, SESSION, RecordKind.ATTACH, attach(CALL_A, 1));

        // Then
        LinkRecord.readAll(batch, (session, stamp, kind, body) -> {
            assertThat(session).isEqualTo(SESSION);
            assertThat(kind).isEqualTo(RecordKind.ATTACH);
            assertThat(stamp).isEqualTo(0);
            assertThat(bridgesSeal.opens(session, kind, body)).isTrue();
            assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(attach(CALL_A, 1));
        });
    }

    @Test
    void theSealOfOneCallDoesNotOpenAnother() {
        // Given: the same call under a higher epoch is another order, too
        var seal = seal(visit, SESSION, RecordKind.ATTACH, attach(CALL_A, 1));

        // When, then
        assertThat(bridgesSeal.opens(SESSION, RecordKind.ATTACH, body(seal, attach(CALL_B, 1))))
                .isFalse();
        assertThat(bridgesSeal.opens(SESSION, RecordKind.ATTACH, body(seal, attach(CALL_A, 2))))
                .isFalse();
        assertThat(bridgesSeal.opens(SESSION, RecordKind.ATTACH, body(seal, attach(CALL_A, 1))))
                .isTrue();
    }

    @Test
    void anOrderIsNotAnotherOrderNorUnderAnotherNumber() {
        // Given
        var seal = seal(visit, SESSION, RecordKind.ATTACH, attach(CALL_A, 1));

        // When, then
        assertThat(bridgesSeal.opens(SESSION, RecordKind.PREPARE, body(seal, attach(CALL_A, 1))))
                .isFalse();
        assertThat(bridgesSeal.opens(SESSION + 1, RecordKind.ATTACH, body(seal, attach(CALL_A, 1))))
                .isFalse();
    }

    @Test
    void anOrderDoesNotHoldOnAnotherLinkNorAtAnotherBridge() {
        // Given: somebody wrote down what a gateway said, and says it again on a link of his own
        var seal = seal(visit, SESSION, RecordKind.ATTACH, attach(CALL_A, 1));
        var laterLink = admitted(VISITS.to(BRIDGE), BRIDGE);
        var otherBridge = admitted(VISITS.to("ws://10.0.0.8:8082"), "ws://10.0.0.8:8082");
        var otherDeployment = new LinkVisit.Visits("another-secret-than-ours", CLOCK).to(BRIDGE);

        // When, then
        assertThat(laterLink.opens(SESSION, RecordKind.ATTACH, body(seal, attach(CALL_A, 1))))
                .isFalse();
        assertThat(otherBridge.opens(SESSION, RecordKind.ATTACH, body(seal, attach(CALL_A, 1))))
                .isFalse();
        assertThat(otherDeployment.seal().opens(SESSION, RecordKind.ATTACH, body(seal, attach(CALL_A, 1))))
                .isFalse();
    }

    @Test
    void anOrderThatWasChangedOrCutAnywhereIsNotOpened() {
        // Given
        var batch = Unpooled.buffer();
        visit.seal().write(batch, SESSION, RecordKind.ATTACH, attach(CALL_A, 1));
        var whole = new byte[batch.readableBytes() - LinkRecord.HEADER_BYTES];
        batch.getBytes(LinkRecord.HEADER_BYTES, whole);

        // When, then
        for (var at = 0; at < whole.length; at++) {
            var changed = whole.clone();
            changed[at] ^= 1;
            assertThat(bridgesSeal.opens(SESSION, RecordKind.ATTACH, Unpooled.wrappedBuffer(changed)))
                    .as("byte %d changed", at)
                    .isFalse();
            assertThat(bridgesSeal.opens(SESSION, RecordKind.ATTACH, Unpooled.wrappedBuffer(whole, 0, at)))
                    .as("cut after %d", at)
                    .isFalse();
        }
    }

    @Test
    void orderIsWhatNamesACall() {
        // When, then
        for (var kind : RecordKind.values()) {
            assertThat(kind.isOrder()).isEqualTo(kind == RecordKind.PREPARE || kind == RecordKind.ATTACH);
        }
    }

    private static LinkSeal admitted(LinkVisit visit, String address) {
        return ((LinkGate.Entry.Admitted) new LinkGate(SECRET, CLOCK).admit(visit.authorization(), address)).seal();
    }

    private static byte[] seal(LinkVisit visit, int session, RecordKind kind, String json) {
        var batch = Unpooled.buffer();
        visit.seal().write(batch, session, kind, json);
        var seal = new byte[LinkSeal.BYTES];
        batch.getBytes(LinkRecord.HEADER_BYTES, seal);
        return seal;
    }

    private static ByteBuf body(byte[] seal, String json) {
        return Unpooled.wrappedBuffer(seal, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String attach(UUID callId, long epoch) {
        return ContractsJson.write(new LinkControl.Attach(callId, epoch, "MZ1", 1));
    }
}
