package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.twilio.CallbackConditions;
import centralita.simulators.twilio.Handset;
import centralita.simulators.twilio.IncomingCall;
import centralita.simulators.twilio.PhoneLine;
import centralita.simulators.twilio.StreamConditions;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller hangs up and nobody tells us: neither {@code stop} nor the callback {@code completed} arrives (F-W2, I4). */
@ExtendWith(SuiteExtension.class)
class LostEndIT {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final StreamConditions WITHOUT_STOP =
            new StreamConditions(true, true, true, List.of(), false, true, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final CallbackConditions WITHOUT_COMPLETED =
            new CallbackConditions(1, false, Duration.ZERO, "completed");

    private final RunningSuite running;
    private final RestOfSuite rest;

    LostEndIT(RunningSuite running) {
        this.running = running;
        this.rest = new RestOfSuite(running);
    }

    @Test
    void aCallWhoseEndIsLostIsClosedWithinTwoMinutesAndOnlyOnce() throws Exception {
        // Given
        var incoming = IncomingCall.of("+14155550188", "+15005550006")
                .withStatusCallback("/webhook/twilio/status", WITHOUT_COMPLETED)
                .withStreams(WITHOUT_STOP);

        // When
        var call = running.twilio().phoneIn(incoming, new Impatient());
        call.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);

        // Then
        await().atMost(TWO_MINUTES).untilAsserted(() -> {
            JsonNode found = rest.get("/calls?callSid=" + call.callSid()).at("/items/0");
            assertThat(found.at("/state").asText()).isEqualTo("ENDED");
            assertThat(found.at("/outcome").asText()).isEqualTo("COMPLETED");
        });
        var callId = rest.get("/calls?callSid=" + call.callSid())
                .at("/items/0/callId")
                .asText();
        JsonNode timeline = rest.get("/calls/" + callId).at("/timeline");
        assertThat(timeline)
                .filteredOn(moment -> moment.at("/type").asText().equals("centralita.call.ended.v1"))
                .extracting(moment -> moment.at("/source").asText())
                .containsExactly("/call-orchestrator");
    }

    /** Hangs up after three seconds of listening. */
    private static final class Impatient implements Handset {
        private static final int FRAMES = 150;

        private PhoneLine line;
        private int heard;

        @Override
        public void connected(PhoneLine connected) {
            line = connected;
        }

        @Override
        public void speak(byte[] frame) {}

        @Override
        public void hear(byte[] frame, int audioBytes) {
            if (++heard == FRAMES) {
                line.hangUp();
            }
        }
    }
}
