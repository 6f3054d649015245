package centralita.simulators.twilio;

import java.util.Map;

/**
 * Somebody phones one of our numbers.
 *
 * @param from E.164, or whatever a withheld number looks like
 * @param to E.164
 * @param voiceUrl absolute, or a path on our public base URL; may carry connection overrides after {@code #}
 * @param fallbackUrl asked when the voice URL fails; empty: none
 * @param statusCallback told when the call is over; empty: none
 * @param extraFields added to every voice webhook of the call, e.g. {@code SipHeader_X-Tenant} or a parameter that
 *     nobody knows yet
 */
public record IncomingCall(
        String from,
        String to,
        String voiceUrl,
        String fallbackUrl,
        String statusCallback,
        Map<String, String> extraFields,
        StreamConditions streams,
        CallbackConditions callbacks) {
    public IncomingCall {
        extraFields = Map.copyOf(extraFields);
    }

    /** A call over a good line to the number's usual webhook. */
    public static IncomingCall of(String from, String to) {
        return new IncomingCall(
                from,
                to,
                "/webhook/twilio",
                "/webhook/twilio/fallback",
                "",
                Map.of(),
                StreamConditions.GOOD,
                CallbackConditions.GOOD);
    }

    public IncomingCall withStreams(StreamConditions conditions) {
        return new IncomingCall(from, to, voiceUrl, fallbackUrl, statusCallback, extraFields, conditions, callbacks);
    }

    public IncomingCall withExtraFields(Map<String, String> fields) {
        return new IncomingCall(from, to, voiceUrl, fallbackUrl, statusCallback, fields, streams, callbacks);
    }

    public IncomingCall withStatusCallback(String url, CallbackConditions conditions) {
        return new IncomingCall(from, to, voiceUrl, fallbackUrl, url, extraFields, streams, conditions);
    }

    public IncomingCall withVoiceUrl(String url) {
        return new IncomingCall(from, to, url, fallbackUrl, statusCallback, extraFields, streams, callbacks);
    }
}
