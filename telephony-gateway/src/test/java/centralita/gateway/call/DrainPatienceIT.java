package centralita.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.ProviderStream;
import centralita.gateway.testing.RunningGateway;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** F-P6: a gateway whose callers never pause, in an application of its own, because there is no way back from a drain. */
@QuarkusTest
@TestProfile(DrainPatienceIT.Short.class)
class DrainPatienceIT extends RunningGateway {
    private static final int TALKERS = 6;

    public static class Short implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.drain-notice-ms", "500", "gateway.drain-patience-ms", "3000");
        }
    }

    @Inject
    @Readiness
    Drain drain;

    @Test
    void streamsWithoutAQuietMomentAreClosedAllTheSameThoseFirstWhoseCallerListens() {
        // Given
        var talkers =
                IntStream.range(0, TALKERS).mapToObj(_ -> call((byte) 0x8F, 0)).toList();
        var listener = call((byte) 0xFF, 10);
        var closed = new LinkedHashSet<ProviderStream>();

        // When
        drain.begin();

        // Then
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    // Two that are seen at once count for the listener: the observer may have been late.
                    var silenced =
                            talkers.stream().filter(ProviderStream::closed).toList();
                    if (listener.closed()) {
                        closed.add(listener);
                    }
                    closed.addAll(silenced);
                    return closed.size() == TALKERS + 1;
                });
        assertThat(closed).first().isSameAs(listener);
    }

    /** @param sound the caller's, all the time @param answers of a second that the assistant is saying to him */
    private ProviderStream call(byte sound, int answers) {
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid, Provider.newCaller()));
        var stream = provider.open(answer.streamUrl()).keepMarks().start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();
        var frame = new byte[160];
        Arrays.fill(frame, sound);
        IntStream.range(0, 100).forEach(_ -> stream.media(frame));
        bridge.await(RecordKind.CALLER_AUDIO, session, 100);
        var second = new byte[8_000];
        Arrays.fill(second, (byte) 0x8F);
        IntStream.range(0, answers).forEach(_ -> bridge.send(session, 1, RecordKind.PLAY, second));
        return stream;
    }
}
