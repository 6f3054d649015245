package centralita.bridge.model;

import centralita.contracts.assistant.AssistantProfile;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session is to be.
 *
 * @param callerHash who calls, as a keyed hash; null when he withheld his address
 * @param instructions the persona with what is known of the call
 */
public record ModelOrder(
        UUID callId,
        AssistantProfile assistant,
        @Nullable String callerHash,
        String instructions,
        List<Function> functions) {
    /** A function that the model may call. @param parameters JSON Schema */
    public record Function(String name, String description, JsonNode parameters) {}

    @Override
    public String toString() {
        return "ModelOrder[callId=" + callId + "]";
    }
}
