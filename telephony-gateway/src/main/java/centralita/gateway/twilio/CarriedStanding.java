package centralita.gateway.twilio;

import centralita.gateway.call.Standing;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A {@link Standing} as the provider carries it for us: parameters of a stream, and the query of the request for what comes
 * after it. What is missing or makes no sense counts as not said; whoever asked for it has signed it.
 */
final class CarriedStanding {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    /** Nothing that is written in another way in an address, whoever writes it: it is signed as it was sent. */
    private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

    private static final Pattern EPOCH = Pattern.compile("[1-9][0-9]{0,17}");

    private CarriedStanding() {}

    /** In the order of names: the provider may sort a query after it has signed it (twilio 5.4). */
    static SortedMap<String, String> write(Standing standing) {
        var fields = new TreeMap<String, String>();
        fields.put("number", Integer.toString(standing.streams()));
        if (BRIDGE.matcher(standing.bridgeId()).matches()) {
            fields.put("bridge", standing.bridgeId());
        }
        if (standing.epoch() > 0) {
            fields.put("epoch", Long.toString(standing.epoch()));
        }
        return fields;
    }

    /** @param fields the value of a field by its name; empty when there is none */
    static Standing read(UnaryOperator<String> fields) {
        var number = fields.apply("number");
        var bridge = fields.apply("bridge");
        var epoch = fields.apply("epoch");
        return new Standing(
                NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 1,
                BRIDGE.matcher(bridge).matches() ? bridge : "",
                EPOCH.matcher(epoch).matches() ? Long.parseLong(epoch) : 0);
    }
}
