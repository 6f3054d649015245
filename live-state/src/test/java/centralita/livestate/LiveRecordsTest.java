package centralita.livestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.contracts.id.UuidV7;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveRecordsTest {
    private static final Map<String, String> BRIDGE = Map.of(
            "address", "ws://10.0.0.7:8082",
            "active", "1",
            "reserved", "0",
            "capacity", "10",
            "state", "ready",
            "heartbeat", "1795341782140");

    @ParameterizedTest
    @CsvSource({
        "address,,the field address is missing",
        "address,ws://my_bridge:8082,no address of a WebSocket with a host that can be read",
        "address,http://10.0.0.7:8082,no address of a WebSocket with a host that can be read",
        "active,many,the field active is no number"
    })
    void aBridgeThatSomebodyElseWroteIsRefused(String field, String value, String message) {
        // Given
        var fields = new HashMap<>(BRIDGE);
        fields.remove(field);
        if (value != null) {
            fields.put(field, value);
        }

        // When, then
        assertThatThrownBy(() -> BridgeEntry.of("bridge-1", fields))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aBridgeWithoutCapacityIsFull() {
        // Given
        var fields = new HashMap<>(BRIDGE);
        fields.put("capacity", "0");

        // When, then
        assertThat(BridgeEntry.of("bridge-1", fields).load()).isEqualTo(1.0);
    }

    @Test
    void aCallThatSomebodyElseWroteIsRefused() {
        // When, then
        assertThatThrownBy(() -> LiveCall.of(UuidV7.next(), Map.of("callSid", "CA1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
