package centralita.bridge.tool;

import centralita.bridge.model.ModelOrder;
import centralita.contracts.assistant.AssistantProfile;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

/** A built-in function that an assistant may have. Thread-safe. */
public interface CallTool {
    /** What the model is told of it. */
    ModelOrder.Function function();

    /**
     * Runs it; never blocks.
     *
     * @param arguments valid by the function's schema
     * @return what the model is told, as JSON; a failure is told as {@code failed}
     */
    Uni<JsonNode> run(JsonNode arguments, AssistantProfile assistant);
}
