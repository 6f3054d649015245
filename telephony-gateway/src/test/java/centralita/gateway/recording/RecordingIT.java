package centralita.gateway.recording;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.NumberMask;
import centralita.embedded.TestTokens;
import centralita.gateway.MediaLoop;
import centralita.gateway.session.AudioSessions;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveKeys;
import centralita.recording.storage.FileRecordingStorage;
import centralita.simulators.twilio.IncomingCall;
import centralita.simulators.twilio.PlacedCall;
import centralita.simulators.twilio.TwilioSettings;
import centralita.simulators.twilio.TwilioStandIn;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded calls between the stand-in of Twilio, whose telephone keeps its own record, and a scripted bridge. */
@QuarkusTest
@TestProfile(RecordingIT.Recorded.class)
class RecordingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String RECORDED_NUMBER = "+15005550007";
    private static final String OTHER_NUMBER = "+15005550008";

    /** A place for recordings, and an address that the provider knows before we start. */
    public static class Recorded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (var socket = new ServerSocket(0)) {
                var port = Integer.toString(socket.getLocalPort());
                return Map.of(
                        "quarkus.http.test-port",
                        port,
                        "gateway.public-base-url",
                        "http://127.0.0.1:" + port,
                        "gateway.account-sid",
                        Provider.ACCOUNT,
                        "gateway.recording.sweep-every-ms",
                        "200",
                        "gateway.come-back-ms",
                        "30000",
                        "gateway.recording.orphan-after-ms",
                        "1500",
                        "gateway.recording.location",
                        Files.createTempDirectory("recordings").toUri().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    @Inject
    AudioSessions sessions;

    @Inject
    MediaLoop loop;

    private ScriptedBridge bridge;
    private TwilioStandIn provider;
    private final NoisyTelephone telephone = new NoisyTelephone();

    @BeforeEach
    void begin() {
        var values = redis.value(String.class);
        values.set(LiveKeys.number(RECORDED_NUMBER), Assistants.RECORDED.assistantId());
        values.set(LiveKeys.number(OTHER_NUMBER), Assistants.SPANISH.assistantId());
        for (var assistant : List.of(Assistants.RECORDED, Assistants.SPANISH)) {
            values.set(LiveKeys.assistant(assistant.assistantId()), ContractsJson.write(assistant));
        }
        bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis);
        bridge.awaitLink();
        var url = ConfigProvider.getConfig().getValue("gateway.public-base-url", String.class);
        provider = TwilioStandIn.start(
                TwilioSettings.of(Provider.ACCOUNT, "fake-auth-token-primary-0000000001", URI.create(url)));
    }

    @AfterEach
    void end() {
        try {
            provider.close();
        } finally {
            bridge.close();
        }
    }

    @Test
    void aRecordingHoldsWhatBothHeardAndNothingThatWasCleared() throws Exception {
        // Given
        var call = provider.phoneIn(IncomingCall.of(Provider.CALLER, RECORDED_NUMBER), telephone);
        var attach = attach(call, 1);
        var callId = attach.as(LinkControl.Attach.class).callId();
        var session = attach.session();
        telephone.forget();
        telephone.await(1_000);

        // When: the assistant speaks a second, and then four that are interrupted after about one
        bridge.send(session, 1, RecordKind.PLAY, NoisyTelephone.noise(1, 8_000));
        bridge.send(session, 1, RecordKind.ITEM_END, new byte[0]);
        telephone.awaitHeard(8_000);
        bridge.send(session, 2, RecordKind.PLAY, NoisyTelephone.noise(2, 32_000));
        telephone.awaitHeard(16_000);
        bridge.send(session, 1, RecordKind.CLEAR, new byte[0]);
        bridge.await(RecordKind.CLEARED, session, 1);
        telephone.await(500);
        bridge.send(session, 3, RecordKind.PLAY, NoisyTelephone.noise(3, 4_000));
        bridge.send(session, 3, RecordKind.ITEM_END, new byte[0]);
        hangUp(session);
        call.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);

        // Then: TH-27: only who may
        var completed = completed(callId);
        assertThat(status(null, callId, "/audio")).isEqualTo(401);
        assertThat(status("analyst", callId, "/audio")).isEqualTo(403);
        assertThat(status("campaign-manager", callId, "")).isEqualTo(403);
        assertThat(status("agent", UuidV7.next(), "/audio")).isEqualTo(404);
        assertThat(events.of(callId, CallFact.RecordingRead.class)).isEmpty();
        var wav = read("agent", callId);
        assertThat(events.of(callId, CallFact.RecordingRead.class))
                .isEqualTo(List.of(new CallFact.RecordingRead(
                        completed.recordingId(),
                        new NumberMask("a-number-hash-key-of-the-tests")
                                .mask("reader:test")
                                .hash())));

        // Then: the file is what the event says, and its owner's only
        assertThat(completed)
                .isEqualTo(new CallFact.RecordingCompleted(
                        completed.recordingId(),
                        (wav.length - 58) / 16,
                        wav.length,
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(wav)),
                        2,
                        0,
                        0));
        assertThat(Files.getPosixFilePermissions(folder().resolve(RecordingNames.wav(callId))))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Awaitility.await("what it was made of goes after it was told")
                .until(() -> Files.notExists(folder().resolve(RecordingNames.open(callId))));

        // Then: both sides lie where the telephone had them, and nothing is there that it did not hear
        var left = channel(wav, 0);
        var right = channel(wav, 1);
        var spoken = Arrays.copyOfRange(telephone.spoken(), 4_000, 4_800);
        var spokenLag = Alignment.of(spoken, left) - 4_000;
        var apartMs = IntStream.rangeClosed(1, 3)
                .mapToObj(item -> NoisyTelephone.noise(item, 800))
                .map(item -> Alignment.of(item, right) - Alignment.of(item, telephone.heard()))
                .map(heardLag -> (heardLag - spokenLag) / 8)
                .toList();
        // The best one: a busy machine may hold some of them back.
        assertThat(apartMs.stream().mapToInt(Math::abs).min().getAsInt())
                .describedAs("ms between the channels: " + apartMs)
                .isLessThanOrEqualTo(40);
        assertThat((sounding(right) - sounding(telephone.heard())) / 8)
                .describedAs("ms recorded more than heard, of some 3 s that were cleared")
                .isBetween(-1_000L, 1_000L);
    }

    @Test
    void whatIsSaidInAPauseIsOnNeitherChannel() throws Exception {
        // Given: TH-28
        var call = provider.phoneIn(IncomingCall.of(Provider.CALLER, RECORDED_NUMBER), telephone);
        var attach = attach(call, 1);
        var callId = attach.as(LinkControl.Attach.class).callId();
        telephone.forget();
        telephone.await(1_000);

        // When
        assertThat(post("analyst", callId, "/pause")).isEqualTo(403);
        assertThat(post("service", callId, "/pause")).isEqualTo(204);
        bridge.send(attach.session(), 1, RecordKind.PLAY, NoisyTelephone.noise(1, 6_400));
        bridge.send(attach.session(), 1, RecordKind.ITEM_END, new byte[0]);
        telephone.awaitHeard(6_400);
        telephone.await(200);
        var spoken = telephone.spoken().length;
        assertThat(post("service", callId, "/resume")).isEqualTo(204);
        telephone.await(1_000);
        hangUp(attach.session());
        call.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);

        // Then
        var completed = completed(callId);
        var wav = read("admin", callId);
        var left = channel(wav, 0);
        assertThat(sounding(channel(wav, 1))).isZero();
        assertThat(sounding(left)).isBetween(12_000L, (long) left.length - 6_400);
        assertThat(completed.durationMs()).isGreaterThan(spoken / 8 - 200);
        assertThat(completed.gaps()).isZero();
    }

    @Test
    void aCallOfTwoStreamsIsOneRecordingWithSilenceBetween() throws Exception {
        // Given
        var call = provider.phoneIn(IncomingCall.of(Provider.CALLER, RECORDED_NUMBER), telephone);
        var callId = attach(call, 1).as(LinkControl.Attach.class).callId();
        telephone.await(1_000);

        // When: the stream is lost and the provider comes back with another
        loop.run(() -> sessions.closeAll("of a test"));
        var again = attach(call, 2);
        assertThat(again.as(LinkControl.Attach.class).callId()).isEqualTo(callId);
        telephone.await(1_000);
        hangUp(again.session());
        call.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);

        // Then
        var completed = completed(callId);
        var left = channel(read("admin", callId), 0);
        assertThat(completed.gaps()).isLessThanOrEqualTo(1);
        assertThat(completed.durationMs()).isEqualTo(left.length / 8);
        assertThat(sounding(left)).isBetween(14_000L, left.length - completed.gapMs() * 8);
        assertThat(events.of(callId, CallFact.RecordingCompleted.class)).hasSize(1);
    }

    @Test
    void whoIsNotToldIsNotRecorded() throws Exception {
        // Given: CR-14
        var call = provider.phoneIn(IncomingCall.of(Provider.CALLER, OTHER_NUMBER), telephone);
        var attach = attach(call, 1);
        var callId = attach.as(LinkControl.Attach.class).callId();
        telephone.await(800);

        // When
        hangUp(attach.session());
        call.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        events.awaitEnd(callId);

        // Then
        assertThat(folder().resolve(RecordingNames.open(callId))).doesNotExist();
        assertThat(status("admin", callId, "")).isEqualTo(404);
        // Where a call is that is not here, Redis is asked, which may hesitate: 503 then.
        var unknown = UuidV7.next();
        Awaitility.await().until(() -> post("admin", unknown, "/pause") == 404);
    }

    @Test
    void whatAGatewayThatDiedHasRecordedIsCompletedByAnother() throws Exception {
        // Given: two segments of a call that nobody holds
        var callId = UuidV7.next();
        var storage = new FileRecordingStorage(folder());
        var about = new RecordingAbout(UuidV7.next(), callId, null);
        storage.put(RecordingNames.about(callId), ContractsJson.write(about).getBytes(StandardCharsets.UTF_8));
        storage.put(RecordingNames.segment(callId, 1_700_000_000_000L, 1), NoisyTelephone.noise(1, 8_000));

        // When
        storage.put(RecordingNames.segment(callId, 1_700_000_001_000L, 1), NoisyTelephone.noise(2, 8_000));

        // Then
        var completed = completed(callId);
        assertThat(completed.recordingId()).isEqualTo(about.recordingId().toString());
        assertThat(List.of(completed.durationMs(), (long) completed.gaps(), completed.gapMs()))
                .isEqualTo(List.of(1_500L, 1L, 500L));
        assertThat(read("admin", callId)).hasSize(58 + 24_000);
    }

    /** Fails at once, and says what became of the call, when it is over instead. */
    private ScriptedBridge.Received attach(PlacedCall call, int stream) {
        var over = call.ended().toCompletableFuture();
        return Awaitility.await("stream " + stream)
                .atMost(PATIENCE)
                .until(
                        () -> {
                            var found = attached(stream);
                            assertThat(found.isEmpty() && over.isDone() ? over.join() : null)
                                    .as("the call is over before its stream began")
                                    .isNull();
                            return found;
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** A stream may fail before it is heard of; then the next one is meant. */
    private Optional<ScriptedBridge.Received> attached(int stream) {
        return bridge.all().stream()
                .filter(it -> it.kind() == RecordKind.ATTACH && it.as(LinkControl.Attach.class).stream() >= stream)
                .findFirst();
    }

    private void hangUp(int session) {
        bridge.send(session, 0, RecordKind.HANG_UP, new LinkControl.HangUp(EndReason.ASSISTANT_HUNG_UP, true));
    }

    private CallFact.RecordingCompleted completed(UUID callId) {
        return Awaitility.await("the recording")
                .atMost(PATIENCE)
                .until(() -> events.of(callId, CallFact.RecordingCompleted.class), found -> !found.isEmpty())
                .getFirst();
    }

    private static Path folder() {
        return Path.of(URI.create(ConfigProvider.getConfig().getValue("gateway.recording.location", String.class)));
    }

    private static int status(@Nullable String role, UUID callId, String path) {
        var request = role == null ? given() : given().auth().oauth2(TestTokens.of(role));
        return request.get("/recordings/" + callId + path).statusCode();
    }

    private static int post(String role, UUID callId, String path) {
        return given().auth()
                .oauth2(TestTokens.of(role))
                .post("/recordings/" + callId + path)
                .statusCode();
    }

    private static byte[] read(String role, UUID callId) {
        var answer = given().auth().oauth2(TestTokens.of(role)).get("/recordings/" + callId + "/audio");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("audio/wav");
        return answer.asByteArray();
    }

    private static byte[] channel(byte[] wav, int which) {
        var channel = new byte[(wav.length - WavFile.HEAD_BYTES) / 2];
        for (var i = 0; i < channel.length; i++) {
            channel[i] = wav[WavFile.HEAD_BYTES + 2 * i + which];
        }
        return channel;
    }

    private static long sounding(byte[] mulaw) {
        var count = 0L;
        for (var sample : mulaw) {
            if (sample != StereoTrack.SILENCE) {
                count++;
            }
        }
        return count;
    }
}
