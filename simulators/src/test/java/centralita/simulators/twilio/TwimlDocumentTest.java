package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlDocumentTest {
    private static final Verb.Action NONE = new Verb.Action("", "POST");

    private static TwimlDocument parse(String xml) {
        return TwimlDocument.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheStreamDocumentThatTwiliosHelperBuilds() {
        // Given
        var xml = new VoiceResponse.Builder()
                .say(new Say.Builder("Hi & <welcome>").build())
                .connect(new Connect.Builder()
                        .stream(new Stream.Builder()
                                        .url("wss://voice.example.test/media-stream/t1")
                                        .name("ai")
                                        .statusCallback("https://voice.example.test/stream-status")
                                        .parameter(new Parameter.Builder()
                                                .name("token")
                                                .value("s_7f3c")
                                                .build())
                                        .build())
                                .build())
                .redirect(new Redirect.Builder("/after").method(HttpMethod.POST).build())
                .build()
                .toXml();

        // When
        var document = parse(xml);

        // Then
        assertThat(document)
                .isEqualTo(new TwimlDocument(
                        List.of(
                                new Verb.Say("Hi & <welcome>", "", 1),
                                new Verb.ConnectStream(
                                        NONE,
                                        "wss://voice.example.test/media-stream/t1",
                                        "ai",
                                        new Verb.Action("https://voice.example.test/stream-status", "POST"),
                                        Map.of("token", "s_7f3c")),
                                new Verb.Redirect(new Verb.Action("/after", "POST"))),
                        List.of()));
    }

    @Test
    void readsTheOtherVerbsThatTwiliosHelperBuilds() {
        // Given
        var xml = new VoiceResponse.Builder()
                .gather(new Gather.Builder()
                        .action("/digits")
                        .numDigits(4)
                        .timeout(3)
                        .say(new Say.Builder("Your code?").build())
                        .pause(new Pause.Builder().length(2).build())
                        .build())
                .record(new Record.Builder()
                        .action("/recorded")
                        .maxLength(30)
                        .playBeep(false)
                        .build())
                .dial(new Dial.Builder()
                        .action("/dialled")
                        .timeout(20)
                        .answerOnBridge(true)
                        .number(new Number.Builder("+14155550199")
                                .url("/whisper")
                                .statusCallback("/leg")
                                .statusCallbackEvents(List.of(Number.Event.ANSWERED, Number.Event.COMPLETED))
                                .build())
                        .build())
                .reject(new Reject.Builder().reason(Reject.Reason.BUSY).build())
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();

        // When
        var document = parse(xml);

        // Then
        var target = new Verb.Target(
                "Number",
                "+14155550199",
                new Verb.Action("/whisper", "POST"),
                new Verb.Action("/leg", "POST"),
                Set.of("answered", "completed"));
        assertThat(document.verbs())
                .containsExactly(
                        new Verb.Gather(
                                new Verb.Action("/digits", "POST"),
                                3,
                                "#",
                                4,
                                false,
                                List.of(new Verb.Say("Your code?", "", 1), new Verb.Pause(2))),
                        new Verb.Record(new Verb.Action("/recorded", "POST"), 5, "1234567890*#", 30, false, NONE),
                        new Verb.Dial(new Verb.Action("/dialled", "POST"), 20, 14_400, true, List.of(target)),
                        new Verb.Reject("busy"),
                        new Verb.Hangup());
        assertThat(document.warnings()).isEmpty();
    }

    @Test
    void unknownElementsAreWarnedOfAndSkippedOver() {
        // When
        var document = parse("<Response><!-- x --><Dance/><Hangup extra='1'/></Response>");

        // Then
        assertThat(document)
                .isEqualTo(new TwimlDocument(
                        List.of(new Verb.Unsupported("Dance"), new Verb.Hangup()),
                        List.of("element <Dance> is not run")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<Response><Say>",
                "<response/>",
                "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><Response><Say>&x;</Say></Response>"
            })
    void whatIsNoTwimlIsError12100(String xml) {
        assertThatThrownBy(() -> parse(xml))
                .isInstanceOfSatisfying(
                        WebhookFailure.class, e -> assertThat(e.code()).isEqualTo(12100));
    }
}
