package centralita.bridge.session;

import centralita.bridge.event.CallEvents;
import centralita.bridge.journal.Journal;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.tool.ToolBox;
import centralita.contracts.assistant.AssistantProfile;
import java.util.random.RandomGenerator;

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
        RandomGenerator random) {

    /** What the model of an assistant is called in facts; what it does not name is the connector's choice. */
    ModelEar.Names namesFor(AssistantProfile.ModelSettings settings) {
        var model = settings.name();
        var transcription = settings.transcriptionModel();
        return new ModelEar.Names(
                models.provider(),
                model == null ? models.defaultModel() : model,
                transcription == null ? models.defaultTranscriptionModel() : transcription);
    }
}
