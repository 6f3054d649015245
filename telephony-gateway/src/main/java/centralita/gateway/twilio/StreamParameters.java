package centralita.gateway.twilio;

import centralita.contracts.call.Direction;
import centralita.gateway.call.IncomingCall;
import centralita.gateway.call.Standing;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a webhook gives along to the media stream that it asks for, and the stream's {@code start} message brings back: so a
 * gateway that never saw the webhook can serve the call while Redis is away. It is the provider's own knowledge of the
 * call, over its own TLS; that the stream is genuine is the ticket's matter.
 *
 * @param from of the webhook; empty when the stream brought none
 * @param to of the webhook; empty when the stream brought none
 * @param standing of the call, with this stream
 */
record StreamParameters(Direction direction, String from, String to, Standing standing) {
    /** The provider allows 500 characters for name and value together. */
    private static final int LONGEST = 400;

    static StreamParameters of(IncomingCall incoming, Standing standing) {
        return new StreamParameters(incoming.direction(), incoming.from(), incoming.to(), standing);
    }

    /** @param parameters of the {@code start} message; what is missing or makes no sense counts as not said */
    static StreamParameters read(Map<String, String> parameters) {
        return new StreamParameters(
                Direction.OUTBOUND.name().equals(parameters.get("direction")) ? Direction.OUTBOUND : Direction.INBOUND,
                parameters.getOrDefault("from", ""),
                parameters.getOrDefault("to", ""),
                CarriedStanding.read(name -> parameters.getOrDefault(name, "")));
    }

    Map<String, String> toMap() {
        var map = new LinkedHashMap<String, String>();
        map.put("direction", direction.name());
        put(map, "from", from);
        put(map, "to", to);
        map.putAll(CarriedStanding.write(standing));
        return map;
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (!value.isEmpty() && value.length() <= LONGEST) {
            map.put(name, value);
        }
    }

    /** Without the parties. */
    @Override
    public String toString() {
        return "StreamParameters[standing=" + standing + "]";
    }
}
