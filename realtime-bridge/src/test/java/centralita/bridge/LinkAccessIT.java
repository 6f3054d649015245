package centralita.bridge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.LinkVisit;
import centralita.audiolink.RecordKind;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** TH-6: who may open a link to this bridge, and whose calls he may order. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class LinkAccessIT extends WholeBridge {
    private static final String SECRET = "a-secret-for-the-tests";
    private static final int SEAL_BYTES = 32;
    private static final int ANY_SESSION = 77;

    @Inject
    MeterRegistry meters;

    @Test
    void aPassOfAnotherSecretIsRefusedBeforeTheUpgrade() {
        refuses(visits("a-wrong-secret-for-tests", Clock.systemUTC()).to(address()), "forged");
    }

    @Test
    void aPassForAnotherBridgeIsRefusedBeforeTheUpgrade() {
        refuses(visits(SECRET, Clock.systemUTC()).to("ws://10.0.0.9:8082"), "wrong-audience");
    }

    @Test
    void aPassOfTenMinutesAgoIsRefusedBeforeTheUpgrade() {
        var slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10));

        refuses(visits(SECRET, slow).to(address()), "expired");
    }

    @Test
    void aPassOpensOneLink() {
        // Given
        var visit = visits(SECRET, Clock.systemUTC()).to(address());
        new TestGateway(http.getPort(), visit, 1).close();

        // When, then
        refuses(visit, "replayed");
    }

    @Test
    void theSecretItselfAndNothingAtAllAreNoPasses() {
        given().auth().oauth2(SECRET).get("/audio-link").then().statusCode(401);
        given().get("/audio-link").then().statusCode(401).header("WWW-Authenticate", "Bearer");
    }

    @Test
    void whileTheSecretIsRotatedGatewaysComeWithEither() {
        // When
        try (var next = new TestGateway(http.getPort(), "the-next-secret-for-the-tests", 1)) {
            next.prepare(Samples.prepare(callId, 1));

            // Then
            await().atMost(PATIENCE)
                    .until(() -> !next.records(RecordKind.PREPARED).isEmpty());
            next.withdraw();
        }
    }

    @Test
    void anOrderUnderTheSealOfAnotherCallIsRefusedAndOpensNoModelSession() {
        // Given
        var sealed = UuidV7.next();
        var ordered = UuidV7.next();
        var before = refusedOrders();

        // When
        gateway.raw(order(
                gateway,
                RecordKind.PREPARE,
                ContractsJson.write(Samples.prepare(sealed, 1)),
                ContractsJson.write(Samples.prepare(ordered, 1))));

        // Then: one refusal, counted, and the next order is taken
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.REFUSED).isEmpty());
        var refusal = gateway.records(RecordKind.REFUSED).getFirst();
        assertThat(refusal.session()).isEqualTo(ANY_SESSION);
        assertThat(refusal.text()).isEqualTo("{\"reason\":\"bad-seal\"}");
        assertThat(refusedOrders()).isEqualTo(before + 1);
        assertThat(calls.reserved()).isEqualTo(0);
        gateway.prepare(Samples.prepare(callId, 1));
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.PREPARED).isEmpty());
        assertThat(model.sessions(sealed.toString())).isEmpty();
        assertThat(model.sessions(ordered.toString())).isEmpty();
    }

    @Test
    void whatWasSealedForOneLinkTakesNoCallerAwayOnAnother() {
        // Given: somebody wrote down an order of a gateway, higher epoch and all, and has a link of his own
        answer();
        awaitGreeted();
        var stolen = attach(callId, 5);
        var thief = anotherGateway();

        // When
        thief.raw(order(gateway, RecordKind.ATTACH, stolen, stolen));

        // Then
        await().atMost(PATIENCE).until(() -> !thief.records(RecordKind.REFUSED).isEmpty());
        assertThat(thief.records(RecordKind.REFUSED).getFirst().text()).isEqualTo("{\"reason\":\"bad-seal\"}");
        hear("hello");
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
        assertThat(gateway.records(RecordKind.REFUSED)).isEmpty();
        assertThat(thief.records(RecordKind.PLAY)).isEmpty();
    }

    private void refuses(LinkVisit visit, String reason) {
        var before = refusedLinks(reason);

        assertThatThrownBy(() -> new TestGateway(http.getPort(), visit, 1)).hasMessageContaining("401");

        assertThat(refusedLinks(reason)).isEqualTo(before + 1);
    }

    private double refusedLinks(String reason) {
        return meters.counter("links.refused", "reason", reason).count();
    }

    private double refusedOrders() {
        return meters.counter("calls.refused", "reason", "bad-seal").count();
    }

    private String address() {
        return "ws://127.0.0.1:" + http.getPort();
    }

    private static LinkVisit.Visits visits(String secret, Clock clock) {
        return new LinkVisit.Visits(secret, clock);
    }

    private static String attach(UUID callId, long epoch) {
        return ContractsJson.write(new LinkControl.Attach(callId, epoch, "MZ9", 2));
    }

    /** An order under a seal that was made for one text and stands before another. @param sealer whose link it was for */
    private static byte[] order(TestGateway sealer, RecordKind kind, String sealed, String said) {
        var honest = Unpooled.buffer();
        sealer.seal().write(honest, ANY_SESSION, kind, sealed);
        var seal = honest.slice(LinkRecord.HEADER_BYTES, SEAL_BYTES);
        var batch = Unpooled.buffer();
        LinkRecord.write(
                batch, ANY_SESSION, 0, kind, Unpooled.wrappedBuffer(seal, ByteBufUtil.writeUtf8(honest.alloc(), said)));
        return ByteBufUtil.getBytes(batch);
    }
}
