package centralita.simulators.twilio;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A call as Twilio's REST API shows it (twilio.md 6.2): snake case, RFC 2822 dates, numbers as text. */
final class CallJson {
    private CallJson() {}

    static JsonObject of(LiveCall call) {
        var plan = call.plan();
        var account = call.exchange().settings().accountSid();
        var path = "/2010-04-01/Accounts/" + account + "/Calls/" + call.sid();
        var answered = call.answeredAt();
        return new JsonObject()
                .put("sid", call.sid())
                .put("account_sid", account)
                .put("parent_call_sid", plan.parentSid().isEmpty() ? null : plan.parentSid())
                .put("phone_number_sid", null)
                .put("trunk_sid", null)
                .put("group_sid", null)
                .put("api_version", "2010-04-01")
                .put("from", plan.from())
                .put("to", plan.to())
                .put("from_formatted", plan.from())
                .put("to_formatted", plan.to())
                .put("direction", plan.direction())
                .put("status", call.status().restWord())
                .put("start_time", rfc2822(answered))
                .put("end_time", rfc2822(call.endedAt()))
                .put("duration", duration(call))
                .put("price", null)
                .put("price_unit", "USD")
                .put("answered_by", call.answeredBy().isEmpty() ? null : call.answeredBy())
                .put("caller_name", null)
                .put("forwarded_from", null)
                .put("queue_time", "0")
                .put("date_created", rfc2822(call.createdAt()))
                .put("date_updated", rfc2822(call.endedAt() == null ? call.createdAt() : call.endedAt()))
                .put("uri", path + ".json")
                .put(
                        "subresource_uris",
                        new JsonObject()
                                .put("recordings", path + "/Recordings.json")
                                .put("streams", path + "/Streams.json"));
    }

    private static @Nullable String duration(LiveCall call) {
        if (!call.status().over()) {
            return null;
        }
        return call.answered() ? Long.toString(call.talkTime().toSeconds()) : "";
    }

    private static @Nullable String rfc2822(@Nullable Instant instant) {
        return instant == null ? null : TwilioTime.write(instant);
    }

    static JsonObject error(int httpStatus, int code, String message) {
        return new JsonObject()
                .put("code", code)
                .put("message", message)
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", httpStatus);
    }
}
