package centralita.livestate;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bridge as the pool knows it.
 *
 * @param address where its audio link is, as {@code ws://10.0.0.7:8082}
 * @param active calls that it serves
 * @param reserved calls that it has prepared and that have not come yet
 * @param capacity calls that it takes at most
 * @param state whether it takes calls
 * @param heartbeatMs wall clock of its last sign of life, Unix milliseconds
 */
public record BridgeEntry(
        String bridgeId, String address, int active, int reserved, int capacity, State state, long heartbeatMs) {

    /** What a bridge takes. Its word is in Redis; one that is not known here was written by a later version, and is ready. */
    public enum State {
        /** Any call. */
        READY,
        /** It has more to do than it can: calls that would else be lost, and no new ones. */
        STRAINED,
        /** No call ever again. */
        DRAINING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(@Nullable String word) {
            return Arrays.stream(values())
                    .filter(it -> it.word().equals(word))
                    .findFirst()
                    .orElse(READY);
        }
    }

    private static final Set<String> SCHEMES = Set.of("ws", "wss");

    /** The field of the last sign of life. */
    public static final String HEARTBEAT = "heartbeat";

    /** As the fields of a Redis hash. */
    public Map<String, String> toFields() {
        return Map.of(
                "address",
                address,
                "active",
                Integer.toString(active),
                "reserved",
                Integer.toString(reserved),
                "capacity",
                Integer.toString(capacity),
                "state",
                state.word(),
                HEARTBEAT,
                Long.toString(heartbeatMs));
    }

    /** @throws IllegalArgumentException when a field is missing, no number or no address: somebody else wrote there */
    public static BridgeEntry of(String bridgeId, Map<String, String> fields) {
        var address = Fields.text(fields, "address");
        var uri = URI.create(address);
        if (uri.getHost() == null || !SCHEMES.contains(uri.getScheme())) {
            throw new IllegalArgumentException("no address of a WebSocket with a host that can be read");
        }
        return new BridgeEntry(
                bridgeId,
                address,
                Math.toIntExact(Fields.number(fields, "active")),
                Math.toIntExact(Fields.number(fields, "reserved")),
                Math.toIntExact(Fields.number(fields, "capacity")),
                State.of(fields.get("state")),
                Fields.number(fields, HEARTBEAT));
    }

    /** Whether it takes nothing, and never will. */
    public boolean draining() {
        return state == State.DRAINING;
    }

    /** Share of the capacity that is taken, 0 to 1 and above. */
    public double load() {
        return capacity <= 0 ? 1.0 : (double) (active + reserved) / capacity;
    }
}
