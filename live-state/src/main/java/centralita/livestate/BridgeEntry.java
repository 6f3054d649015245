package centralita.livestate;

import java.util.Map;

/**
 * A bridge as the pool knows it.
 *
 * @param address where its audio link is, as {@code ws://10.0.0.7:8082}
 * @param active calls that it serves
 * @param reserved calls that it has prepared and that have not come yet
 * @param capacity calls that it takes at most
 * @param draining whether it takes no new calls
 * @param heartbeatMs wall clock of its last sign of life, Unix milliseconds
 */
public record BridgeEntry(
        String bridgeId, String address, int active, int reserved, int capacity, boolean draining, long heartbeatMs) {

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
                draining ? "draining" : "ready",
                HEARTBEAT,
                Long.toString(heartbeatMs));
    }

    /** @throws IllegalArgumentException when a field is missing or no number: somebody else wrote there */
    public static BridgeEntry of(String bridgeId, Map<String, String> fields) {
        return new BridgeEntry(
                bridgeId,
                Fields.text(fields, "address"),
                Math.toIntExact(Fields.number(fields, "active")),
                Math.toIntExact(Fields.number(fields, "reserved")),
                Math.toIntExact(Fields.number(fields, "capacity")),
                "draining".equals(fields.get("state")),
                Fields.number(fields, HEARTBEAT));
    }

    /** Share of the capacity that is taken, 0 to 1 and above. */
    public double load() {
        return capacity <= 0 ? 1.0 : (double) (active + reserved) / capacity;
    }
}
