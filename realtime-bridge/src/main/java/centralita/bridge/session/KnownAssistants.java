package centralita.bridge.session;

import centralita.bridge.model.ModelOrder;
import centralita.bridge.tool.ToolBox;
import centralita.contracts.assistant.AssistantProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Assistants as orders bring them, one object for all calls of one version: a persona and its tools may be long. On the
 * media event loop only.
 */
final class KnownAssistants {
    /** More than answer at a time; beyond it the one not asked for longest goes. */
    private static final int MOST = 200;

    private final ToolBox tools;
    private final Map<AssistantProfile, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AssistantProfile, Known> eldest) {
            return size() > MOST;
        }
    };

    /** @param functions that the model may call for it */
    record Known(AssistantProfile profile, List<ModelOrder.Function> functions) {}

    KnownAssistants(ToolBox tools) {
        this.tools = tools;
    }

    Known of(AssistantProfile brought) {
        return known.computeIfAbsent(brought, it -> new Known(it, tools.functions(it)));
    }
}
