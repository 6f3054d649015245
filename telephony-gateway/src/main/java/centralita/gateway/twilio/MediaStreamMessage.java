package centralita.gateway.twilio;

import centralita.gateway.call.IncomingCall;
import java.util.Map;
import java.util.Optional;

/** What comes over a media stream. */
sealed interface MediaStreamMessage {
    record Connected() implements MediaStreamMessage {}

    /** @param encoding and {@code sampleRate} of the audio; empty and 0 when they were not said */
    record Start(
            String streamSid,
            String callSid,
            String accountSid,
            String encoding,
            int sampleRate,
            StreamParameters parameters)
            implements MediaStreamMessage {

        /**
         * What is wrong with it, in the word that its refusal is counted under; empty when nothing is.
         *
         * @param ticket that the stream's address brought
         * @param account that streams must come from; empty when any will do
         */
        Optional<String> complaint(StreamToken.Ticket ticket, String account) {
            if (!ticket.isFor(callSid)
                    || !account.isEmpty() && !account.equalsIgnoreCase(accountSid)
                    || !Sid.isSafe(streamSid)) {
                return Optional.of("start-of-another-call");
            }
            var mulaw = encoding.isEmpty() || encoding.equals("audio/x-mulaw");
            var telephone = sampleRate <= 0 || sampleRate == 8000;
            return mulaw && telephone ? Optional.empty() : Optional.of("encoding");
        }

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
