package centralita.bridge.tool;

import centralita.bridge.model.ModelOrder;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** {@code end_call}: the conversation acts upon it when it is answered; here it is only agreed to. */
@Singleton
final class EndCall implements CallTool {
    @Override
    public ModelOrder.Function function() {
        var schema = ContractsJson.read(
                "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":true}", JsonNode.class);
        return new ModelOrder.Function(
                "end_call",
                "Ends the telephone call, after what you have said was heard. Say goodbye first, in the same answer. Call"
                        + " it when the caller has said goodbye or wants nothing more.",
                schema);
    }

    @Override
    public Uni<JsonNode> run(JsonNode arguments, AssistantProfile assistant) {
        return Uni.createFrom().item(ContractsJson.mapper().createObjectNode().put("status", "ending"));
    }
}
