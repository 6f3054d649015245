package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteExtension.class)
class ForeignTwilioIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int HALF_A_SECOND_OF_SOUND = 4_000;

    private final ForeignTwilio twilio;

    ForeignTwilioIT(RunningSuite running) {
        var suite = running.suite();
        twilio = new ForeignTwilio(suite.publicBaseUrl(), suite.twilioAccountSid(), suite.twilioAuthToken());
    }

    @Test
    void aCallerWithAPlainWebSocketHearsTheAssistantAndTheCallEndsWithItsStream() throws Exception {
        // Given
        String callSid = "CA" + "0".repeat(30) + "f1";
        var twiml = twilio.post("/webhook/twilio", twilio.incoming(callSid, "+12025550101"));

        // When
        var line = twilio.open(ForeignTwilio.streamUrl(twiml.body()), callSid);
        line.start();
        try (var clock = Executors.newSingleThreadScheduledExecutor()) {
            var frames = clock.scheduleAtFixedRate(line::sendFrame, 0, 20, TimeUnit.MILLISECONDS);
            await().atMost(LONG).until(() -> line.soundBytes() > HALF_A_SECOND_OF_SOUND);
            frames.cancel(false);
        }
        line.hangUp();

        // Then
        assertThat(twiml.statusCode()).isEqualTo(200);
        assertThat(twiml.body()).contains("<Connect>");
        assertThat(ForeignTwilio.afterStreamPath(twiml.body())).startsWith("/webhook/twilio/after-stream/");
        assertThat(ForeignTwilio.streamUrl(twiml.body()).getScheme()).isEqualTo("ws");
    }

    @Test
    void aWebhookThatComesTwiceIsAnsweredWithTheSameCall() throws Exception {
        // Given
        var form = twilio.incoming("CA" + "0".repeat(30) + "f2", "+12025550102");

        // When
        var first = twilio.post("/webhook/twilio", form);
        var second = twilio.post("/webhook/twilio", form);

        // Then
        assertThat(ForeignTwilio.afterStreamPath(second.body())).isEqualTo(ForeignTwilio.afterStreamPath(first.body()));
    }

    @Test
    void aWrongSignatureIsRefusedAtTheDoor() throws Exception {
        // When
        var answer = twilio.post(
                "/webhook/twilio", twilio.incoming("CA" + "0".repeat(30) + "f3", "+12025550103"), "nonsense");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void aMediaStreamWithoutAGoodTokenIsRefusedBeforeItOpens() {
        // Given
        URI stream =
                URI.create(twilio.publicBaseUrl().toString().replaceFirst("^http", "ws") + "/media-stream/guessed");

        // When, then
        assertThatThrownBy(() -> twilio.open(stream, "CA" + "0".repeat(30) + "f4"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
}
