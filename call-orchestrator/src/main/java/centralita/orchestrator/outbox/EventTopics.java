package centralita.orchestrator.outbox;

import io.smallrye.mutiny.Uni;

/** Takes what the outbox holds to its topic. */
public interface EventTopics {
    /** @return when the broker keeps it; fails when it does not within some seconds */
    Uni<Void> send(OutboxEvent event);
}
