package centralita.analytics.ingest;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jboss.logging.Logger;

/** Forgets the ids of events that the topic can no longer repeat, so that the inbox does not grow for ever. */
@ApplicationScoped
class InboxSweeper {
    private static final Logger LOG = Logger.getLogger(InboxSweeper.class);
    private static final int AT_ONCE = 10_000;

    private final FactRepository facts;
    private final IngestConfig config;
    private final Clock clock = Clock.systemUTC();

    InboxSweeper(FactRepository facts, IngestConfig config) {
        this.facts = facts;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return forgetOlderThan(config.inboxRetention())
                .invoke(count -> LOG.debugf("The inbox forgot old events. count=%d", count))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "The inbox could not be swept and will be in an hour. why=%s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(0)
                .replaceWithVoid();
    }

    /** @return how many were forgotten, at most {@value #AT_ONCE} */
    Uni<Integer> forgetOlderThan(Duration age) {
        return facts.forget(OffsetDateTime.now(clock).minus(age), AT_ONCE);
    }
}
