package centralita.gateway.twilio;

import centralita.gateway.call.Answer;
import centralita.gateway.ladder.LadderConfig;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.ladder.SpokenLanguage;
import centralita.gateway.ladder.Step;
import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Client;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Sip;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The documents of the ladder. Each one that is not the end is followed by a {@code <Redirect>} to the next step, also
 * behind verbs whose action is asked instead: whatever the provider does, it knows where to go on.
 */
@Singleton
public class LadderTwiml {
    private final PublicUrl publicUrl;
    private final LadderConfig config;

    public LadderTwiml(PublicUrl publicUrl, LadderConfig config) {
        this.publicUrl = publicUrl;
        this.config = config;
    }

    String write(Answer.Climb climb) {
        var at = climb.step().at();
        return switch (climb.step().doing()) {
            case Step.Doing.ConnectPerson(var line) -> connect(climb, at, line);
            case Step.Doing.AskForCallback _ -> ask(climb, at);
            case Step.Doing.PromiseCallback _ -> end(climb, Line.PROMISE, Line.GOODBYE);
            case Step.Doing.TakeMessage _ -> record(climb, at);
            case Step.Doing.SayGoodbye _ -> end(climb, lastWords(climb));
        };
    }

    private static Line[] lastWords(Answer.Climb climb) {
        var done = climb.before().contains(Line.MESSAGE_KEPT) || climb.situation() == Situation.CALL_LIMIT;
        return done ? new Line[] {Line.GOODBYE} : new Line[] {Line.CALL_AGAIN, Line.GOODBYE};
    }

    private String connect(Answer.Climb climb, int at, String line) {
        var dial = new Dial.Builder()
                .action(address(climb, at, "person"))
                .method(HttpMethod.POST)
                .timeout(config.humanLineRingSeconds())
                .timeLimit(config.humanLineMaxSeconds());
        var status = URI.create(publicUrl.personStatus(climb.callId()));
        if (line.startsWith("sip:")) {
            dial.sip(new Sip.Builder(line)
                    .statusCallback(status)
                    .statusCallbackEvents(com.twilio.twiml.voice.Sip.Event.ANSWERED)
                    .build());
        } else if (line.startsWith("client:")) {
            dial.client(new Client.Builder(line.substring("client:".length()))
                    .statusCallback(status)
                    .statusCallbackEvents(com.twilio.twiml.voice.Client.Event.ANSWERED)
                    .build());
        } else {
            dial.number(new Number.Builder(line)
                    .statusCallback(status)
                    .statusCallbackEvents(com.twilio.twiml.voice.Number.Event.ANSWERED)
                    .build());
        }
        return spoken(climb, Line.CONNECTING)
                .dial(dial.build())
                .redirect(next(climb, at))
                .build()
                .toXml();
    }

    private String ask(Answer.Climb climb, int at) {
        var gather = new Gather.Builder()
                .inputs(Gather.Input.DTMF)
                .numDigits(1)
                .timeout(config.keySeconds())
                .action(address(climb, at, "key"))
                .method(HttpMethod.POST)
                .actionOnEmptyResult(false)
                .say(Twiml.say(
                        text(climb, Line.PRESS_ONE), null, climb.language().tag()))
                .build();
        return new VoiceResponse.Builder()
                .gather(gather)
                .redirect(next(climb, at))
                .build()
                .toXml();
    }

    private String record(Answer.Climb climb, int at) {
        var record = new Record.Builder()
                .action(address(climb, at, "message"))
                .method(HttpMethod.POST)
                .maxLength(config.messageSeconds())
                .timeout(5)
                .finishOnKey("#")
                .playBeep(true)
                .transcribe(false)
                .recordingStatusCallback(URI.create(publicUrl.recordingStatus(climb.callId())))
                .recordingStatusCallbackMethod(HttpMethod.POST)
                .build();
        return spoken(climb, Line.AFTER_THE_TONE)
                .record(record)
                .redirect(next(climb, at))
                .build()
                .toXml();
    }

    private static String end(Answer.Climb climb, Line... lines) {
        return spoken(climb, lines).hangup(new Hangup.Builder().build()).build().toXml();
    }

    private static VoiceResponse.Builder spoken(Answer.Climb climb, Line... lines) {
        return new VoiceResponse.Builder()
                .say(Twiml.say(text(climb, lines), null, climb.language().tag()));
    }

    private static String text(Answer.Climb climb, Line... lines) {
        var all = new ArrayList<>(climb.before());
        all.addAll(List.of(lines));
        SpokenLanguage language = climb.language();
        return all.stream().map(line -> line.in(language)).collect(Collectors.joining(" "));
    }

    private Redirect next(Answer.Climb climb, int at) {
        return new Redirect.Builder(address(climb, at + 1, "next"))
                .method(HttpMethod.POST)
                .build();
    }

    private URI address(Answer.Climb climb, int at, String what) {
        UUID callId = climb.callId();
        return URI.create(publicUrl.ladder(callId, climb.situation().word(), at, what));
    }
}
