package centralita.bridge.session;

import centralita.bridge.budget.TokenBudgets;
import centralita.bridge.event.CallEvents;
import centralita.bridge.journal.Journal;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.tool.ToolBox;

/** Everything that a call reaches out to. */
record SessionEdges(
        MediaLoop loop,
        ModelConnector models,
        ToolBox tools,
        Journal journal,
        CallEvents events,
        ConversationTraces traces,
        ConversationMeters meters,
        SessionConfig config,
        ReconnectPace pace,
        TokenBudgets budgets) {}
