package centralita.gateway.twilio;

import centralita.contracts.assistant.AssistantProfile.Disclosure;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.SpokenLanguage;
import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every document that we answer with. Every path through each of them ends in an explicit {@code <Redirect>} or
 * {@code <Hangup>}: running out of verbs would cut the caller.
 */
public final class Twiml {
    private final PublicUrl publicUrl;

    public Twiml(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * Connects the caller to the assistant, and asks us again when the stream is over.
     *
     * @param disclosure spoken before; null for none
     * @param language BCP 47, of the disclosure
     * @param parameters come back with the stream; its name is unique within the call
     */
    String connect(
            UUID callId, String token, StreamParameters parameters, @Nullable Disclosure disclosure, String language) {
        var response = new VoiceResponse.Builder();
        if (disclosure != null) {
            response.say(say(disclosure.text(), disclosure.voice(), language));
        }
        var stream = new Stream.Builder()
                .url(publicUrl.stream(token))
                .name(callId + "-" + parameters.standing().streams())
                .statusCallback(publicUrl.streamStatus())
                .statusCallbackMethod(Stream.StatusCallbackMethod.POST);
        parameters
                .toMap()
                .forEach((name, value) -> stream.parameter(
                        new Parameter.Builder().name(name).value(value).build()));
        return response.connect(new Connect.Builder().stream(stream.build()).build())
                .redirect(new Redirect.Builder(
                                URI.create(publicUrl.afterStream(callId, CarriedStanding.write(parameters.standing()))))
                        .method(HttpMethod.POST)
                        .build())
                .build()
                .toXml();
    }

    /** The call is over. */
    static String hangUp() {
        return new VoiceResponse.Builder()
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    /** An honest word and the end. */
    static String apologize(Line line, SpokenLanguage language) {
        return new VoiceResponse.Builder()
                .say(say(line.in(language), null, language.tag()))
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    static Say say(String text, @Nullable String voice, String language) {
        var say = new Say.Builder(text);
        // Names of voices and languages are the provider's; the enums of the helper would lag behind.
        if (voice != null) {
            say.option("voice", voice);
        }
        return say.option("language", language).build();
    }
}
