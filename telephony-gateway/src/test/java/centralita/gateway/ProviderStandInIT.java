package centralita.gateway;

import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.simulators.twilio.Handset;
import centralita.simulators.twilio.IncomingCall;
import centralita.simulators.twilio.PhoneLine;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway with the stand-in of Twilio, which others wrote: its TwiML, its signatures, its playback clock. */
@QuarkusTest
@TestProfile(ProviderStandInIT.OnAKnownPort.class)
class ProviderStandInIT {
    /** The provider must know our address before we start. */
    public static class OnAKnownPort implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (var socket = new ServerSocket(0)) {
                var port = socket.getLocalPort();
                return Map.of(
                        "quarkus.http.test-port",
                        Integer.toString(port),
                        "gateway.public-base-url",
                        "http://127.0.0.1:" + port,
                        "gateway.account-sid",
                        Provider.ACCOUNT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    private ScriptedBridge bridge;
    private TwilioStandIn provider;

    @BeforeEach
    void begin() {
        Assistants.answerAllCalls(redis);
        bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis);
        bridge.awaitLink();
        var url = ConfigProvider.getConfig().getValue("gateway.public-base-url", String.class);
        provider = TwilioStandIn.start(
                TwilioSettings.of(Provider.ACCOUNT, "fake-auth-token-primary-0000000001", URI.create(url)));
    }

    @AfterEach
    void end() {
        provider.close();
        bridge.close();
    }

    /** Speaks one sound all the time and counts the other's. */
    private static final class Ear implements Handset {
        private final byte spoken;
        private final byte listensFor;
        private final AtomicLong heardBytes = new AtomicLong();

        Ear(int spoken, int listensFor) {
            this.spoken = (byte) spoken;
            this.listensFor = (byte) listensFor;
        }

        @Override
        public void connected(PhoneLine line) {}

        @Override
        public void speak(byte[] frame) {
            Arrays.fill(frame, spoken);
        }

        @Override
        public void hear(byte[] frame, int audioBytes) {
            for (var i = 0; i < audioBytes; i++) {
                if (frame[i] == listensFor) {
                    heardBytes.incrementAndGet();
                }
            }
        }
    }

    @Test
    void aCallIsHeardOnBothSidesInterruptedAndHungUp() throws Exception {
        // Given
        var ear = new Ear(0x11, 0x22);
        var call = provider.phoneIn(IncomingCall.of(Provider.CALLER, Provider.NUMBER), ear);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> attach() != null);
        var attach = attach();
        var callId = attach.as(LinkControl.Attach.class).callId();
        var session = attach.session();
        assertThat(bridge.await(RecordKind.CALLER_AUDIO, session, 10)).allMatch(it -> it.body()[0] == 0x11);

        // When: half a second
        bridge.send(session, 1, RecordKind.PLAY, audio(4000, 0x22));
        bridge.send(session, 1, RecordKind.ITEM_END, new byte[0]);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> bridge.of(RecordKind.HEARD, session).stream()
                        .anyMatch(it ->
                                it.stamp() == 1 && ByteBuffer.wrap(it.body()).getInt() == 500 && it.body()[4] == 1));

        // When: five seconds that are interrupted after one, three times
        var apartMs = IntStream.rangeClosed(1, 3)
                .mapToLong(order -> reckonedMoreThanHeardMs(session, order, ear))
                .toArray();

        // Then: what was reckoned is what was heard. The best one: a busy machine obeys late, but never early.
        assertThat(Arrays.stream(apartMs).map(Math::abs).min().getAsLong())
                .describedAs("%s", Arrays.toString(apartMs))
                .isLessThanOrEqualTo(40);

        // When
        var before = ear.heardBytes.get();
        bridge.send(session, 5, RecordKind.PLAY, audio(1600, 0x22));
        bridge.send(session, 5, RecordKind.ITEM_END, new byte[0]);
        bridge.send(session, 0, RecordKind.HANG_UP, new LinkControl.HangUp(EndReason.ASSISTANT_HUNG_UP, true));

        // Then
        var report = call.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(report.status()).isEqualTo("completed");
        assertThat(report.incidents()).isEmpty();
        assertThat(ear.heardBytes.get() - before).isEqualTo(1600);
        var end = events.awaitEnd(callId);
        assertThat(List.of(end.outcome(), end.reason()))
                .isEqualTo(List.of(Outcome.COMPLETED, EndReason.ASSISTANT_HUNG_UP));
    }

    /** Interrupts an answer after a second. @param order of the interruption, from 1 */
    private long reckonedMoreThanHeardMs(int session, int order, Ear ear) {
        var already = ear.heardBytes.get();
        bridge.send(session, order + 1, RecordKind.PLAY, audio(40_000, 0x22));
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> ear.heardBytes.get() > already + 8000);
        bridge.send(session, order, RecordKind.CLEAR, new byte[0]);
        var item = bridge.await(RecordKind.CLEARED, session, order)
                .getLast()
                .as(LinkControl.Cleared.class)
                .items()
                .getFirst();
        assertThat(item.item()).isEqualTo(order + 1);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> true);
        return item.heardMs() - (ear.heardBytes.get() - already) / 8;
    }

    private ScriptedBridge.Received attach() {
        return bridge.all().stream()
                .filter(it -> it.kind() == RecordKind.ATTACH)
                .findFirst()
                .orElse(null);
    }
}
