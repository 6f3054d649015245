package centralita.simulators.twilio;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What is fixed about a call when it begins.
 *
 * @param direction {@code inbound outbound-api outbound-dial}
 * @param parentSid of the call that dialled this leg; empty: none
 * @param events for which a status callback is sent
 * @param extraFields added to every voice webhook
 * @param timeLimit after which the call is ended
 */
record CallPlan(
        String sid,
        String from,
        String to,
        String direction,
        String parentSid,
        Verb.Action fallback,
        Verb.Action statusCallback,
        Set<String> events,
        Map<String, String> extraFields,
        StreamConditions streams,
        CallbackConditions callbacks,
        Duration timeLimit) {
    static final Verb.Action NONE = new Verb.Action("", "POST");
    static final Duration FOUR_HOURS = Duration.ofHours(4);

    static CallPlan inbound(String sid, IncomingCall call) {
        return new CallPlan(
                sid,
                call.from(),
                call.to(),
                "inbound",
                "",
                new Verb.Action(call.fallbackUrl(), "POST"),
                new Verb.Action(call.statusCallback(), "POST"),
                Set.of("completed"),
                call.extraFields(),
                call.streams(),
                call.callbacks(),
                FOUR_HOURS);
    }

    /** The leg to somebody whom TwiML dials. */
    CallPlan dialled(String legSid, Verb.Target target, Duration limit) {
        return new CallPlan(
                legSid,
                from,
                target.address(),
                "outbound-dial",
                sid,
                NONE,
                target.statusCallback(),
                target.events(),
                Map.of(),
                streams,
                callbacks,
                limit);
    }
}
