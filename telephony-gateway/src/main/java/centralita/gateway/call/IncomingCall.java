package centralita.gateway.call;

import centralita.contracts.call.Direction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook says of a call, checked.
 *
 * @param from the caller's address in full, or the carrier's word for "withheld"
 * @param to the called address
 * @param context what the operator allows of what the call brought along, by name
 * @param traceparent of the webhook's span; null when it is not traced
 */
public record IncomingCall(
        String callSid,
        String accountSid,
        Direction direction,
        String from,
        String to,
        Map<String, String> context,
        @Nullable String traceparent) {

    /** The address of ours: its assistant talks. */
    public String ours() {
        return direction == Direction.OUTBOUND ? from : to;
    }

    public String theirs() {
        return direction == Direction.OUTBOUND ? to : from;
    }

    IncomingCall inTrace(@Nullable String other) {
        return new IncomingCall(callSid, accountSid, direction, from, to, context, other);
    }

    /** Without the parties. */
    @Override
    public String toString() {
        return "IncomingCall[callSid=" + callSid + "]";
    }
}
