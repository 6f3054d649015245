package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verbs beside {@code <Connect>}. */
class TwimlVerbsIT {
    private static final String FROM = "+14155550123";
    private static final String AGENT = "+14155550199";

    private OurSide ourSide;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        ourSide = new OurSide();
        twilio = TwilioStandIn.start(TwilioSettings.of(
                "AC00000000000000000000000000000001", "fake-auth-token-primary-0000000001", ourSide.baseUrl()));
        ourSide.answers("/done", "<Hangup/>");
    }

    @AfterEach
    void stop() {
        twilio.close();
        ourSide.close();
    }

    private CallReport call(Handset handset) {
        return twilio.phoneIn(IncomingCall.of(FROM, "+15005550006"), handset)
                .ended()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void sayAndPlayAreHeardAndTheEndOfTheDocumentHangsUp() {
        // Given
        var tone = new byte[1_600];
        Arrays.fill(tone, (byte) 0x10);
        ourSide.answersBy("/tone.wav", request -> new OurSide.Answer(200, "audio/wav", WavAudio.write(tone), 0));
        ourSide.answers("/webhook/twilio", "<Say>Hi</Say><Play>/tone.wav</Play>");
        var handset = RecordedHandset.silent();

        // When
        var report = call(handset);

        // Then
        var expected = Stream.of(AnnouncementVoice.read("Hi"), tone)
                .collect(java.io.ByteArrayOutputStream::new, java.io.ByteArrayOutputStream::writeBytes, (a, b) -> {})
                .toByteArray();
        assertThat(handset.heard()).isEqualTo(expected);
        assertThat(handset.events).contains(new LineEvent.Announced("Hi"));
        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.TWIML);
        assertThat(report.incidents()).isEmpty();
    }

    @Test
    void aSoundThatCannotBePlayedIsAnIncidentAndTheCallGoesOn() {
        // Given
        ourSide.answersBy("/x.mp3", request -> new OurSide.Answer(200, "audio/mpeg", new byte[200], 0));
        ourSide.answers("/webhook/twilio", "<Play>/x.mp3</Play><Redirect>/done</Redirect>");

        // When
        var report = call(RecordedHandset.silent());

        // Then
        assertThat(report.incidents())
                .containsExactly(new CallReport.Incident(12300, "sound cannot be played: not a WAV file"));
        assertThat(ourSide.requests("/done")).hasSize(1);
    }

    @Test
    void gatherCollectsKeysUntilItHasEnough() {
        // Given
        ourSide.answers(
                "/webhook/twilio",
                "<Gather numDigits='3' action='/done'><Say>A long prompt that nobody has to hear out</Say></Gather>");
        var handset = new RecordedHandset(0xFF, (line, frame) -> {
            if (frame == 3) {
                line.press("1*9");
            }
        });

        // When
        call(handset);

        // Then
        assertThat(ourSide.requests("/done").getFirst().field("Digits")).isEqualTo("1*9");
    }

    @Test
    void gatherWithoutKeysFallsThrough() {
        // Given
        ourSide.answers("/webhook/twilio", "<Gather timeout='1' action='/digits'/><Redirect>/done</Redirect>");

        // When
        call(RecordedHandset.silent());

        // Then
        assertThat(ourSide.requests("/digits")).isEmpty();
        assertThat(ourSide.requests("/done")).hasSize(1);
    }

    @Test
    void aRecordingEndsWithAKeyAndIsToldToBothAddresses() {
        // Given
        ourSide.answers(
                "/webhook/twilio",
                "<Record playBeep='false' action='/done' recordingStatusCallback='/recording' maxLength='20'/>");
        ourSide.answers("/recording", "");
        var handset = new RecordedHandset(0x10, (line, frame) -> {
            if (frame == 30) {
                line.press("#");
            }
        });

        // When
        call(handset);

        // Then
        var action = ourSide.requests("/done").getFirst();
        assertThat(action.field("Digits")).isEqualTo("#");
        assertThat(action.field("RecordingDuration")).isEqualTo("1");
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/recording").size() == 1);
        assertThat(ourSide.requests("/recording").getFirst().field("RecordingUrl"))
                .isEqualTo(action.field("RecordingUrl"))
                .startsWith(twilio.baseUrl().toString());
    }

    @Test
    void aSilentRecordingFallsThrough() {
        // Given
        ourSide.answers(
                "/webhook/twilio", "<Record playBeep='false' timeout='1' action='/never'/><Redirect>/done</Redirect>");

        // When
        call(RecordedHandset.silent());

        // Then
        assertThat(ourSide.requests("/never")).isEmpty();
        assertThat(ourSide.requests("/done")).hasSize(1);
    }

    @Test
    void rejectNeitherAnswersNorCosts() {
        // Given
        ourSide.answers("/webhook/twilio", "<Reject reason='busy'/>");

        // When
        var report = call(RecordedHandset.silent());

        // Then
        assertThat(report.status()).isEqualTo("busy");
        assertThat(report.talkTime()).isEqualTo(Duration.ZERO);
    }

    @Test
    void dialJoinsBothLegsAfterTheWhisper() {
        // Given
        ourSide.answers(
                "/webhook/twilio",
                "<Dial action='/done'><Number url='/whisper' statusCallback='/leg'"
                        + " statusCallbackEvent='initiated ringing answered completed'>" + AGENT + "</Number></Dial>");
        ourSide.answers("/whisper", "<Say>A caller</Say>");
        ourSide.answers("/leg", "");
        var agent = new RecordedHandset(0x22, (line, frame) -> {});
        twilio.callees(address -> Callee.answering(agent));
        var caller = new RecordedHandset(0x11, (line, frame) -> {
            if (agent.heard().length > 6_000 && frame % 50 == 0) {
                agent.line.hangUp();
            }
        });

        // When
        call(caller);

        // Then
        var action = ourSide.requests("/done").getFirst();
        assertThat(action.fields())
                .containsEntry("DialCallStatus", "completed")
                .containsEntry("DialBridged", "true")
                .containsKeys("DialCallSid", "DialCallDuration");
        assertThat(agent.events).contains(new LineEvent.Announced("A caller"));
        assertThat(agent.heard()).endsWith(new byte[] {0x11, 0x11, 0x11});
        assertThat(caller.heard()).containsOnly(0x22);
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/leg").size() == 4);
        assertThat(ourSide.requests("/leg").getFirst().field("ParentCallSid"))
                .isEqualTo(ourSide.requests("/webhook/twilio").getFirst().field("CallSid"));
    }

    @Test
    void aWhisperThatHangsUpRefusesTheCaller() {
        // Given
        ourSide.answers("/webhook/twilio", "<Dial action='/done'><Number url='/whisper'>" + AGENT + "</Number></Dial>");
        ourSide.answers("/whisper", "<Hangup/>");

        // When
        call(RecordedHandset.silent());

        // Then
        assertThat(ourSide.requests("/done").getFirst().field("DialBridged")).isEqualTo("false");
    }

    @Test
    void aBusyAgentIsToldToTheAction() {
        // Given
        ourSide.answers("/webhook/twilio", "<Dial action='/done'>+15005550021</Dial>");

        // When
        call(RecordedHandset.silent());

        // Then
        assertThat(ourSide.requests("/done").getFirst().field("DialCallStatus")).isEqualTo("busy");
    }

    @Test
    void theQueuePlaysItsWaitingDocumentUntilItLeaves() {
        // Given
        ourSide.answers("/webhook/twilio", "<Enqueue waitUrl='/wait' action='/done'>sales</Enqueue>");
        ourSide.answersBy(
                "/wait",
                request -> ourSide.requests("/wait").size() < 2
                        ? "<Response><Pause length='0'/></Response>"
                        : "<Response><Leave/></Response>");

        // When
        call(RecordedHandset.silent());

        // Then
        assertThat(ourSide.requests("/wait")).hasSize(2);
        assertThat(ourSide.requests("/wait").getFirst().field("QueuePosition")).isEqualTo("1");
        assertThat(ourSide.requests("/done").getFirst().field("QueueResult")).isEqualTo("leave");
    }

    @Test
    void aCircleOfRedirectsEnds() {
        // Given
        ourSide.answers("/webhook/twilio", "<Redirect>/webhook/twilio</Redirect>");

        // When
        var report = call(RecordedHandset.silent());

        // Then
        assertThat(ourSide.requests("/webhook/twilio")).hasSize(200);
        assertThat(report.incidents()).extracting(CallReport.Incident::code).containsExactly(11215);
    }
}
