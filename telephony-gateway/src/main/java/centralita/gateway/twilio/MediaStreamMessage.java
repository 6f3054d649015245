package centralita.gateway.twilio;

import centralita.gateway.call.IncomingCall;
import java.util.Map;

/** What comes over a media stream. */
sealed interface MediaStreamMessage {
    record Connected() implements MediaStreamMessage {}

    record Start(
            String streamSid,
            String callSid,
            String accountSid,
            String encoding,
            int sampleRate,
            StreamParameters parameters)
            implements MediaStreamMessage {

        /** The call as far as the stream tells it. */
        IncomingCall call() {
            return new IncomingCall(
                    callSid, accountSid, parameters.direction(), parameters.from(), parameters.to(), Map.of(), null);
        }
    }

    /**
     * @param timestampMs since the stream began; -1 when it was not said
     * @param payload base64 as it came
     */
    record Media(String streamSid, String track, long timestampMs, String payload) implements MediaStreamMessage {}

    record Dtmf(String digit) implements MediaStreamMessage {}

    record Mark(String name) implements MediaStreamMessage {}

    record Stop(String callSid) implements MediaStreamMessage {}

    /** A kind that we do not know: it must not end somebody's call. */
    record Other(String event) implements MediaStreamMessage {}
}
