package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.assistant.AssistantProfile.Disclosure;
import centralita.contracts.call.Direction;
import centralita.gateway.call.Answer;
import centralita.gateway.call.Standing;
import centralita.gateway.ladder.LadderConfig;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.ladder.SpokenLanguage;
import centralita.gateway.ladder.Step;
import centralita.gateway.testing.Provider;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class TwimlTest {
    private static final List<String> VERBS =
            List.of("Say", "Connect", "Dial", "Gather", "Record", "Redirect", "Hangup");
    private static final LadderConfig CONFIG =
            new SmallRyeConfigBuilder().withMapping(LadderConfig.class).build().getConfigMapping(LadderConfig.class);
    private static final List<SpokenLanguage> LANGUAGES =
            List.of(SpokenLanguage.of("es-MX"), SpokenLanguage.of("en-GB"), SpokenLanguage.of("de-DE"));
    private static final List<Step.Doing> DOINGS = List.of(
            new Step.Doing.ConnectPerson("+15005550007"),
            new Step.Doing.ConnectPerson("sip:desk@pbx.example.test"),
            new Step.Doing.ConnectPerson("client:desk"),
            new Step.Doing.AskForCallback(),
            new Step.Doing.PromiseCallback(),
            new Step.Doing.TakeMessage(),
            new Step.Doing.SayGoodbye());
    private static final UUID CALL_ID = UUID.fromString("01a20607-5b06-78bf-b84e-99230e0d66ed");

    private static StreamParameters parameters(int number) {
        return new StreamParameters(Direction.INBOUND, "+14155550123", "", new Standing(number, "bridge-1", 7));
    }

    static Stream<String> everyDocument() {
        var documents = new ArrayList<String>();
        for (var base :
                List.of("https://voice.example.test", "https://voice.example.test/edge/", "http://127.0.0.1:8080")) {
            var twiml = new Twiml(new PublicUrl(URI.create(base)));
            documents.add(twiml.connect(CALL_ID, "TOKEN", parameters(1), null, "en"));
            documents.add(new Twiml(new PublicUrl(URI.create(base), "rc=3&rp=ct,rt,5xx&rt=4000"))
                    .connect(CALL_ID, "TOKEN", parameters(1), null, "en"));
            documents.add(twiml.connect(
                    CALL_ID, "TOKEN", parameters(2), new Disclosure("<b>&\"'\u00e9", "Polly.Lucia"), "es-ES"));
        }
        for (var language : LANGUAGES) {
            for (var line : Line.values()) {
                documents.add(Twiml.apologize(line, language));
            }
            documents.addAll(ladder(language));
        }
        documents.add(Twiml.hangUp());
        documents.add(whenNobodyIsThere());
        return documents.stream();
    }

    /** Every step of every situation, at its beginning and after something that failed. */
    private static List<String> ladder(SpokenLanguage language) {
        var ladder = new LadderTwiml(new PublicUrl(URI.create("https://voice.example.test")), CONFIG);
        var documents = new ArrayList<String>();
        for (var situation : Situation.values()) {
            for (var doing : DOINGS) {
                for (var before : List.of(List.<Line>of(), List.of(situation.line()), List.of(Line.MESSAGE_KEPT))) {
                    documents.add(
                            ladder.write(new Answer.Climb(CALL_ID, situation, new Step(1, doing), before, language)));
                }
            }
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void everyDocumentEndsInAnExplicitWayOn(String document) {
        // F-W7, TH-16
        var verbs = new Provider.Answer(200, document).verbs();

        assertThat(List.of("Redirect", "Hangup")).contains(verbs.getLast());
        assertThat(verbs).allMatch(VERBS::contains);
        for (var waiting : List.of("Connect", "Dial", "Gather", "Record")) {
            if (verbs.contains(waiting)) {
                assertThat(verbs.getLast()).isEqualTo("Redirect");
            }
        }
        assertThat(verbs.subList(0, verbs.size() - 1)).doesNotContain("Redirect", "Hangup");
    }

    @Test
    void whatIsSaidWhileNoGatewayCanBeReachedNeedsNothingOfOurs() {
        // F-W9
        var answer = new Provider.Answer(200, whenNobodyIsThere());

        assertThat(answer.verbs()).isEqualTo(List.of("Say", "Say", "Hangup"));
        var said = answer.twiml().getElementsByTagName("Say");
        assertThat(List.of(
                        ((Element) said.item(0)).getAttribute("language"),
                        ((Element) said.item(1)).getAttribute("language")))
                .isEqualTo(List.of("en-US", "es-ES"));
        assertThat(said.item(0).getTextContent()).contains("We are sorry");
        assertThat(said.item(1).getTextContent()).contains("Lo sentimos");
        assertThat(whenNobodyIsThere()).doesNotContain("://");
    }

    /** The static document for the fallback URL of a number. */
    private static String whenNobodyIsThere() {
        try {
            return Files.readString(Path.of(System.getProperty("repository.root"), "deploy/fallback/fallback.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPersonIsDialledWithALimitAndAWayBack() {
        // When
        var answer = new Provider.Answer(
                200,
                new LadderTwiml(new PublicUrl(URI.create("https://voice.example.test")), CONFIG)
                        .write(new Answer.Climb(
                                CALL_ID,
                                Situation.MODEL_UNAVAILABLE,
                                new Step(0, new Step.Doing.ConnectPerson("+15005550007")),
                                List.of(Line.BROKEN_OFF),
                                SpokenLanguage.of("es-ES"))));

        // Then
        var dial = (Element) answer.twiml().getElementsByTagName("Dial").item(0);
        var ladder = "https://voice.example.test/webhook/twilio/ladder/" + CALL_ID + "/model-unavailable/";
        assertThat(answer.verbs()).containsExactly("Say", "Dial", "Redirect");
        assertThat(List.of(
                        dial.getAttribute("action"),
                        dial.getAttribute("timeout"),
                        dial.getAttribute("timeLimit"),
                        dial.getTextContent(),
                        answer.redirect()))
                .isEqualTo(List.of(ladder + "0/person", "25", "3600", "+15005550007", ladder + "1/next"));
    }

    @Test
    void aMessageIsNotTranscribedByTheProviderAndHasALimit() {
        // When
        var answer = new Provider.Answer(
                200,
                new LadderTwiml(new PublicUrl(URI.create("https://voice.example.test")), CONFIG)
                        .write(new Answer.Climb(
                                CALL_ID,
                                Situation.NO_ROOM,
                                new Step(2, new Step.Doing.TakeMessage()),
                                List.of(),
                                SpokenLanguage.ENGLISH)));

        // Then
        var record = (Element) answer.twiml().getElementsByTagName("Record").item(0);
        assertThat(List.of(
                        record.getAttribute("maxLength"),
                        record.getAttribute("transcribe"),
                        record.getAttribute("action"),
                        record.getAttribute("recordingStatusCallback")))
                .isEqualTo(List.of(
                        "120",
                        "false",
                        "https://voice.example.test/webhook/twilio/ladder/" + CALL_ID + "/no-room/2/message",
                        "https://voice.example.test/webhook/twilio/recording-status/" + CALL_ID));
    }

    @Test
    void theProviderIsToldHowToRepeatARequestForWhatComesNext() {
        // When
        var url = new PublicUrl(URI.create("http://127.0.0.1:8080"), "rc=3&rp=ct,rt,5xx&rt=4000");
        var answer = new Provider.Answer(200, new Twiml(url).connect(CALL_ID, "TOKEN", parameters(2), null, "en"));

        // Then
        assertThat(answer.redirect())
                .isEqualTo("http://127.0.0.1:8080/webhook/twilio/after-stream/" + CALL_ID
                        + "?bridge=bridge-1&epoch=7&number=2#rc=3&rp=ct,rt,5xx&rt=4000");
    }

    @Test
    void theStreamIsWhatTwilioWantsOfIt() {
        // When
        var answer = new Provider.Answer(
                200,
                new Twiml(new PublicUrl(URI.create("http://127.0.0.1:8080")))
                        .connect(CALL_ID, "TOKEN", parameters(2), null, "en"));

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
                        "http://127.0.0.1:8080/webhook/twilio/after-stream/" + CALL_ID
                                + "?bridge=bridge-1&epoch=7&number=2"));
        assertThat(answer.parameters())
                .isEqualTo(Map.of(
                        "direction",
                        "INBOUND",
                        "from",
                        "+14155550123",
                        "number",
                        "2",
                        "bridge",
                        "bridge-1",
                        "epoch",
                        "7"));
        assertThat(((Element) answer.twiml().getElementsByTagName("Redirect").item(0)).getAttribute("method"))
                .isEqualTo("POST");
    }
}
