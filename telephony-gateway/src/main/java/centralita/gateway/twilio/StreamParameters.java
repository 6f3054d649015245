package centralita.gateway.twilio;

import centralita.contracts.call.Direction;
import centralita.gateway.call.IncomingCall;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a webhook gives along to the media stream that it asks for, and the stream's {@code start} message brings back: so a
 * gateway that never saw the webhook can serve the call while Redis is away. It is the provider's own knowledge of the
 * call, over its own TLS; that the stream is genuine is the ticket's matter.
 *
 * @param from of the webhook; empty when the stream brought none
 * @param to of the webhook; empty when the stream brought none
 * @param number of the stream within the call, from 1
 */
record StreamParameters(Direction direction, String from, String to, int number) {
    /** The provider allows 500 characters for name and value together. */
    private static final int LONGEST = 400;

    static StreamParameters of(IncomingCall incoming, int number) {
        return new StreamParameters(incoming.direction(), incoming.from(), incoming.to(), number);
    }

    /** @param parameters of the {@code start} message; what is missing or makes no sense counts as not said */
    static StreamParameters read(Map<String, String> parameters) {
        return new StreamParameters(
                Direction.OUTBOUND.name().equals(parameters.get("direction")) ? Direction.OUTBOUND : Direction.INBOUND,
                parameters.getOrDefault("from", ""),
                parameters.getOrDefault("to", ""),
                number(parameters.getOrDefault("number", "")));
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 1;
    }

    Map<String, String> toMap() {
        var map = new LinkedHashMap<String, String>();
        map.put("direction", direction.name());
        put(map, "from", from);
        put(map, "to", to);
        map.put("number", Integer.toString(number));
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
        return "StreamParameters[number=" + number + "]";
    }
}
