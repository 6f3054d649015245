package centralita.livestate;

import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as gateways and bridges share it while it lives.
 *
 * @param callSid the provider's id
 * @param accountSid the provider's account; a stream must name the same
 * @param assistantId who answers
 * @param assistantVersion the version that answers to the end
 * @param from the caller's address in full; expires with the key
 * @param to the called address in full
 * @param context JSON object: what the call brought along, by name
 * @param bridgeId the owner
 * @param epoch of the ownership; only {@code own-call.lua} changes it, and {@code restore-call.lua} when that was not asked
 * @param phase {@code ringing}, {@code talking}, {@code ending}
 * @param streams how many media streams the call has had
 * @param endReason why it ends; set in phase {@code ending}
 * @param receivedMs Unix milliseconds of the first webhook
 * @param traceparent W3C trace context
 */
public record LiveCall(
        UUID callId,
        String callSid,
        String accountSid,
        Direction direction,
        String assistantId,
        int assistantVersion,
        String from,
        String to,
        String context,
        String bridgeId,
        long epoch,
        String phase,
        int streams,
        @Nullable EndReason endReason,
        long receivedMs,
        @Nullable String traceparent) {

    /** The other party's address, as the provider wrote it. */
    public String theirs() {
        return direction == Direction.OUTBOUND ? to : from;
    }

    /** As the fields of a Redis hash. */
    public Map<String, String> toFields() {
        var fields = new HashMap<String, String>();
        fields.put("callSid", callSid);
        fields.put("accountSid", accountSid);
        fields.put("direction", direction.name());
        fields.put("assistantId", assistantId);
        fields.put("assistantVersion", Integer.toString(assistantVersion));
        fields.put("from", from);
        fields.put("to", to);
        fields.put("context", context);
        fields.put("bridgeId", bridgeId);
        fields.put("epoch", Long.toString(epoch));
        fields.put("phase", phase);
        fields.put("streams", Integer.toString(streams));
        fields.put("receivedMs", Long.toString(receivedMs));
        if (endReason != null) {
            fields.put("endReason", endReason.name());
        }
        if (traceparent != null) {
            fields.put("traceparent", traceparent);
        }
        return fields;
    }

    /** @throws IllegalArgumentException when a field is missing or malformed */
    public static LiveCall of(UUID callId, Map<String, String> fields) {
        var endReason = fields.get("endReason");
        return new LiveCall(
                callId,
                Fields.text(fields, "callSid"),
                Fields.text(fields, "accountSid"),
                Direction.valueOf(Fields.text(fields, "direction")),
                Fields.text(fields, "assistantId"),
                Math.toIntExact(Fields.number(fields, "assistantVersion")),
                Fields.text(fields, "from"),
                Fields.text(fields, "to"),
                Fields.text(fields, "context"),
                Fields.text(fields, "bridgeId"),
                Fields.number(fields, "epoch"),
                Fields.text(fields, "phase"),
                Math.toIntExact(Fields.number(fields, "streams")),
                endReason == null ? null : EndReason.valueOf(endReason),
                Fields.number(fields, "receivedMs"),
                fields.get("traceparent"));
    }

    /** Without the parties. */
    @Override
    public String toString() {
        return "LiveCall[callId=" + callId + ", bridgeId=" + bridgeId + ", epoch=" + epoch + ", phase=" + phase + "]";
    }
}
