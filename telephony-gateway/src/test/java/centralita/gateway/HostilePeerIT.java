package centralita.gateway;

import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.gateway.session.AudioSessions;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.ProviderStream;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers and broken peers may send: it is refused, and no other call notices. */
@QuarkusTest
class HostilePeerIT {
    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    @Inject
    AudioSessions sessions;

    @Inject
    MeterRegistry meters;

    private Provider provider;
    private ScriptedBridge bridge;

    @BeforeEach
    void begin() {
        provider = Provider.here();
        Assistants.answerAllCalls(redis);
        bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis);
        bridge.awaitLink();
    }

    @AfterEach
    void end() {
        bridge.close();
        provider.close();
    }

    @Test
    void aForgedWebhookIsRefusedAndNothingHappens() {
        // Given: TH-1, TH-3
        var callSid = Provider.newCallSid();
        var fields = Provider.fields(callSid);
        var good = provider.sign(Provider.PUBLIC + "/webhook/twilio", fields);
        var before = events.count();
        var changed = new java.util.TreeMap<>(fields);
        changed.put("To", "+15005550007");

        // When
        var refused = List.of(
                provider.post("/webhook/twilio", fields, "").status(),
                provider.post("/webhook/twilio", fields, "nonsense").status(),
                provider.post("/webhook/twilio", changed, good).status(),
                provider.post("/webhook/twilio?x=1", fields, good).status(),
                provider.post("/webhook/twilio/status", fields, good).status(),
                provider.post("/webhook/twilio/fallback", fields, good).status(),
                provider.post("/webhook/twilio/stream-status", fields, good).status(),
                provider.post("/webhook/twilio/after-stream/" + UUID.randomUUID(), fields, good)
                        .status(),
                provider.send(provider.request("/webhook/twilio")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Forwarded-Host", "evil.example.test")
                                .header("X-Forwarded-Proto", "http")
                                .header(
                                        "X-Twilio-Signature",
                                        provider.sign("http://evil.example.test/webhook/twilio", Map.of()))
                                .POST(HttpRequest.BodyPublishers.ofString(""))
                                .build())
                        .status(),
                provider.send(provider.request("/webhook/twilio")
                                .header("Content-Type", "application/json")
                                .header("X-Twilio-Signature", provider.signUrl(Provider.PUBLIC + "/webhook/twilio"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .status());

        // Then
        assertThat(refused).containsOnly(403);
        assertThat(events.count()).isEqualTo(before);
        assertThat(redis.key().exists(LiveKeys.callSid(callSid))).isFalse();
        assertThat(bridge.all()).noneMatch(it -> it.kind() == RecordKind.PREPARE);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        var fields = Provider.fields(Provider.newCallSid());
        fields.put("Long", "x".repeat(70_000));

        assertThat(provider.post("/webhook/twilio", fields).status()).isEqualTo(413);
    }

    @Test
    void aSignedWebhookByGetIsAnswered() {
        var callSid = Provider.newCallSid();

        var answer = provider.get("/webhook/twilio?AccountSid=" + Provider.ACCOUNT + "&CallSid=" + callSid
                + "&CallStatus=ringing&Direction=inbound&From=%2B14155550123&To=%2B15005550006");

        assertThat(answer.verbs()).containsExactly("Say", "Connect", "Redirect");
        hangUp(callSid);
        events.awaitEnd(answer.callId());
    }

    @Test
    void aFallbackIsAnsweredWithAWordAndTheEnd() {
        var fields = Provider.fields(Provider.newCallSid());
        fields.put("ErrorCode", "11200");

        assertThat(provider.post("/webhook/twilio/fallback", fields).verbs()).containsExactly("Say", "Hangup");
    }

    @Test
    void aStreamNeedsItsSignatureAndATokenThatWasNeverUsed() {
        // Given: TH-4
        var callSid = Provider.newCallSid();
        var url = provider.post("/webhook/twilio", Provider.fields(callSid)).streamUrl();
        var other = url.substring(0, url.length() - 3) + "AAA";

        // When
        var refused = List.of(
                provider.refusal(url, ""),
                provider.refusal(url, provider.signUrl(url.replace("wss:", "https:"))),
                provider.refusal(other, provider.signUrl(other)));
        var stream = provider.open(url).start(callSid);
        bridge.await(
                RecordKind.ATTACH,
                provider.post("/webhook/twilio", Provider.fields(callSid)).callId());

        // Then
        assertThat(refused).containsOnly(403);
        assertThat(provider.refusal(url, provider.signUrl(url))).isEqualTo(403);
        stream.stop(callSid);
    }

    @Test
    void aSignatureOverTheAddressWithASlashIsGood() {
        var callSid = Provider.newCallSid();
        var url = provider.post("/webhook/twilio", Provider.fields(callSid)).streamUrl();

        assertThat(provider.refusal(url, provider.signUrl(url + "/"))).isEqualTo(101);
        hangUp(callSid);
    }

    @Test
    void aStartOfAnotherCallAndNoStartAreClosedWith1008() {
        // Given
        var mine = Provider.newCallSid();
        var another = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", Provider.fields(mine));

        // When
        var crossed = provider.open(answer.streamUrl()).start(another);
        var silent = provider.open(
                provider.post("/webhook/twilio", Provider.fields(mine)).streamUrl());

        // Then
        assertThat(List.of(crossed.awaitClose(), silent.awaitClose())).containsOnly(1008);
        assertThat(bridge.of(RecordKind.ATTACH, answer.callId())).isEmpty();
        hangUp(mine);
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                attack("a frame that is too long (F-R3)", 1009, it -> it.text("x".repeat(100_000))),
                attack("a message that never ends (F-R3)", 1009, it -> {
                    it.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(1000), false));
                    for (var i = 0; i < 100; i++) {
                        it.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(1000)), false));
                    }
                }),
                attack(
                        "text that is no text (F-R3)",
                        1007,
                        it -> it.socket.writeFrame(new io.vertx.core.http.impl.ws.WebSocketFrameImpl(
                                io.vertx.core.http.WebSocketFrameType.TEXT,
                                io.netty.buffer.Unpooled.wrappedBuffer(new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'}),
                                true))),
                attack("binary messages", 1003, it -> it.socket.writeBinaryMessage(Buffer.buffer("x"))),
                attack("pings without end (F-R3)", 1008, it -> {
                    for (var i = 0; i < 10_000; i++) {
                        it.socket.writePing(Buffer.buffer("x"));
                    }
                }),
                attack("messages as fast as it can (F-R1)", 1008, it -> {
                    for (var i = 0; i < 1000; i++) {
                        it.text("{\"event\":\"other\",\"x\":\"" + "x".repeat(10_000) + "\"}");
                    }
                }),
                attack("no JSON", 1008, it -> {
                    for (var i = 0; i < 100; i++) {
                        it.text("{\"event\":\"media\"");
                    }
                }),
                attack("no base64", 1008, it -> {
                    for (var i = 0; i < 100; i++) {
                        it.text("{\"event\":\"media\",\"media\":{\"payload\":\"***\"}}");
                    }
                }));
    }

    private static Arguments attack(String name, int closeCode, Consumer<ProviderStream> attack) {
        return Arguments.of(name, closeCode, attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aHostilePeerIsClosedAndAnotherCallGoesOn(String name, int closeCode, Consumer<ProviderStream> attack) {
        // Given
        var good = Provider.newCallSid();
        var goodAnswer = provider.post("/webhook/twilio", Provider.fields(good));
        var goodStream = provider.open(goodAnswer.streamUrl()).start(good);
        var session = bridge.await(RecordKind.ATTACH, goodAnswer.callId()).session();
        var bad = Provider.newCallSid();
        var badAnswer = provider.post("/webhook/twilio", Provider.fields(bad));
        var badStream = provider.open(badAnswer.streamUrl()).start(bad);
        bridge.await(RecordKind.ATTACH, badAnswer.callId());

        // When
        attack.accept(badStream);

        // Then
        assertThat(badStream.awaitClose()).isEqualTo(closeCode);
        goodStream.media(audio(160, 42));
        assertThat(bridge.await(RecordKind.CALLER_AUDIO, session, 1).getFirst().body())
                .isEqualTo(audio(160, 42));
        goodStream.stop(good);
        hangUp(bad);
        Awaitility.await().until(() -> sessions.active() == 0);
    }

    @Test
    void aModelThatIsFarTooFarAheadHasItsAnswerCutAndTheCallGoesOn() {
        // Given: F-O7 from the other side
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).keepMarks().start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();

        // When: 30 s at once, where 25 s may wait
        bridge.send(session, 1, RecordKind.PLAY, new byte[150_000]);
        bridge.send(session, 1, RecordKind.PLAY, new byte[150_000]);
        bridge.send(session, 1, RecordKind.CLEAR, new byte[0]);

        // Then: it can be interrupted, and what is said next is heard
        var cleared = bridge.await(RecordKind.CLEARED, session, 1).getFirst().as(LinkControl.Cleared.class);
        assertThat(cleared.items()).hasSize(1);
        bridge.send(session, 2, RecordKind.PLAY, audio(160, 42));
        Awaitility.await().until(() -> endsWith(stream.heard(), audio(160, 42)));
        assertThat(stream.closed()).isFalse();
        hangUp(callSid);
    }

    private static boolean endsWith(byte[] all, byte[] end) {
        return all.length >= end.length && Arrays.equals(all, all.length - end.length, all.length, end, 0, end.length);
    }

    @Test
    void aMalformedBatchOfABridgeClosesTheLinkAndTheCallMoves() {
        // Given
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, answer.callId());

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.sendRaw(new byte[] {1, 2, 3});

            // Then
            other.await(RecordKind.ATTACH, answer.callId());
            hangUp(callSid);
        }
    }

    @Test
    void whoSaysInRedisThatHeIsABridgeAndCannotProveItHearsOfNoCall() {
        // Given: TH-6
        var before = impostors();
        try (var impostor = ScriptedBridge.startImpostor("impostor-" + UUID.randomUUID(), redis)) {
            Awaitility.await().until(() -> impostors() > before);
            bridge.load(50);

            // When: he looks emptier than the others
            var callSids = Stream.generate(Provider::newCallSid).limit(5).toList();
            var callIds = callSids.stream()
                    .map(callSid -> provider.post("/webhook/twilio", Provider.fields(callSid))
                            .callId())
                    .toList();

            // Then
            callIds.forEach(callId -> bridge.await(RecordKind.PREPARE, callId));
            assertThat(impostor.all()).isEmpty();
            assertThat(impostor.visitors()).isPositive();
            callSids.forEach(this::hangUp);
        }
        bridge.load(0);
    }

    private double impostors() {
        return meters.counter("link.impostors").count();
    }

    private void hangUp(String callSid) {
        assertThat(provider.hangUp(callSid).status()).isEqualTo(204);
    }
}
