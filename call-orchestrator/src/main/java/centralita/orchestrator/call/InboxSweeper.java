package centralita.orchestrator.call;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Keeps the inbox small: after some days no event comes again. */
@ApplicationScoped
class InboxSweeper {
    private static final Logger LOG = Logger.getLogger(InboxSweeper.class);

    private final CallRepository calls;

    InboxSweeper(CallRepository calls) {
        this.calls = calls;
    }

    @Scheduled(every = "6h", delayed = "10m")
    Uni<Void> sweep() {
        return calls.forgetOldIds()
                .onFailure()
                .invoke(failure -> LOG.warnf("Old event ids could not be forgotten. reason=%s", failure))
                .onFailure()
                .recoverWithItem(0)
                .replaceWithVoid();
    }
}
