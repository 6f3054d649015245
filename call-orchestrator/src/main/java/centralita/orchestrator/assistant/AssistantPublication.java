package centralita.orchestrator.assistant;

import centralita.contracts.assistant.AssistantProfile;
import io.smallrye.mutiny.Uni;

/** Where gateways learn of assistants. What cannot be told now is told again later, so nothing here ever fails. */
public interface AssistantPublication {
    /** After the version was stored. */
    Uni<Void> publish(AssistantProfile profile);
}
