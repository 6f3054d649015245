package centralita.orchestrator.kafka;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** The compacted topic of assistants: key assistantId, value the current version. Every start says them all again. */
@ApplicationScoped
public class AssistantTopic {
    private static final Logger LOG = Logger.getLogger(AssistantTopic.class);

    private final MutinyEmitter<Record<String, String>> emitter;

    AssistantTopic(
            @Channel("assistant-profiles") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 256)
                    MutinyEmitter<Record<String, String>> emitter) {
        this.emitter = emitter;
    }

    /** Returns at once; when Kafka is away it is tried in the background, and again at the next start. */
    public void send(AssistantProfile profile) {
        emitter.send(Record.of(profile.assistantId(), ContractsJson.write(profile)))
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.warnf(
                                "The topic was not told of an assistant. assistantId=%s reason=%s",
                                profile.assistantId(), failure));
    }
}
