package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.assistant.AssistantProfile.Disclosure;
import centralita.gateway.call.Apology;
import centralita.gateway.testing.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class TwimlTest {
    private static final UUID CALL_ID = UUID.fromString("01a20607-5b06-78bf-b84e-99230e0d66ed");

    static Stream<String> everyDocument() {
        var documents = new ArrayList<String>();
        for (var base :
                List.of("https://voice.example.test", "https://voice.example.test/edge/", "http://127.0.0.1:8080")) {
            var twiml = new Twiml(new PublicUrl(URI.create(base)));
            documents.add(twiml.connect(CALL_ID, "TOKEN", 1, null, "en"));
            documents.add(twiml.connect(CALL_ID, "TOKEN", 2, new Disclosure("<b>&\"'\u00e9", "Polly.Lucia"), "es-ES"));
        }
        for (var apology : Apology.values()) {
            documents.add(Twiml.apologize(apology, "en"));
            documents.add(Twiml.apologize(apology, "es-MX"));
        }
        documents.add(Twiml.hangUp());
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void everyDocumentEndsInAnExplicitWayOn(String document) {
        // F-W7, TH-16
        var verbs = new Provider.Answer(200, document).verbs();

        assertThat(List.of("Redirect", "Hangup")).contains(verbs.getLast());
        assertThat(verbs)
                .allMatch(
                        verb -> List.of("Say", "Connect", "Redirect", "Hangup").contains(verb));
        if (verbs.contains("Connect")) {
            assertThat(verbs.getLast()).isEqualTo("Redirect");
        }
    }

    @Test
    void theStreamIsWhatTwilioWantsOfIt() {
        // When
        var answer = new Provider.Answer(
                200,
                new Twiml(new PublicUrl(URI.create("http://127.0.0.1:8080"))).connect(CALL_ID, "TOKEN", 2, null, "en"));

        // Then
        var stream = (Element) answer.twiml().getElementsByTagName("Stream").item(0);
        assertThat(List.of(
                        stream.getAttribute("url"),
                        stream.getAttribute("name"),
                        stream.getAttribute("statusCallback"),
                        answer.redirect()))
                .isEqualTo(List.of(
                        "ws://127.0.0.1:8080/media-stream/TOKEN",
                        CALL_ID + "-2",
                        "http://127.0.0.1:8080/webhook/twilio/stream-status",
                        "http://127.0.0.1:8080/webhook/twilio/after-stream/" + CALL_ID));
        assertThat(((Element) answer.twiml().getElementsByTagName("Redirect").item(0)).getAttribute("method"))
                .isEqualTo("POST");
    }
}
