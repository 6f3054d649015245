package centralita.orchestrator.redis;

import centralita.contracts.assistant.AssistantProfile;
import centralita.orchestrator.assistant.AssistantPublication;
import centralita.orchestrator.assistant.AssistantRepository;
import centralita.orchestrator.assistant.FirstAssistants;
import centralita.orchestrator.kafka.AssistantTopic;
import centralita.orchestrator.number.AnsweredNumber;
import centralita.orchestrator.number.NumberPublication;
import centralita.orchestrator.number.NumberRepository;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Tells Redis and the topic of every change, after it was stored; and tells Redis everything again at the start and every
 * few minutes, so that one that was away or came back empty is right again without anybody's help.
 */
@ApplicationScoped
class DirectoryPublication implements AssistantPublication, NumberPublication {
    private static final Logger LOG = Logger.getLogger(DirectoryPublication.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String LOOK_EVERY = "2s";

    private final LiveDirectory directory;
    private final AssistantTopic topic;
    private final AssistantRepository assistants;
    private final NumberRepository numbers;

    DirectoryPublication(
            LiveDirectory directory, AssistantTopic topic, AssistantRepository assistants, NumberRepository numbers) {
        this.directory = directory;
        this.topic = topic;
        this.assistants = assistants;
        this.numbers = numbers;
    }

    void atStart(@Observes StartupEvent started, FirstAssistants first) {
        first.addIfNew()
                .chain(this::publishAll)
                .chain(assistants::all)
                .invoke(profiles -> profiles.forEach(topic::send))
                .subscribe()
                .with(
                        _ -> LOG.info("Assistants and numbers are published."),
                        failure -> LOG.warnf("Assistants could not be published at the start. reason=%s", failure));
    }

    @Scheduled(every = "{orchestrator.directory.publish-every}", delayed = "{orchestrator.directory.publish-every}")
    Uni<Void> again() {
        return publishAll()
                .onFailure()
                .invoke(failure -> LOG.warnf("Redis could not be told of assistants and numbers. reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** A Redis that came back empty must not wait for the next turn: until it is told, no new number is answered. */
    @Scheduled(every = LOOK_EVERY, delayed = LOOK_EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return directory
                .isWhole()
                .chain(whole -> whole
                        ? Uni.createFrom().voidItem()
                        : publishAll()
                                .invoke(() ->
                                        LOG.info("Redis had forgotten assistants and numbers; it knows them again.")))
                .onFailure()
                .invoke(failure -> LOG.debugf("Redis cannot be asked what it knows. reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** All that gateways must know, as it is stored now. */
    Uni<Void> publishAll() {
        return assistants
                .all()
                .chain(profiles -> Multi.createFrom()
                        .iterable(profiles)
                        .onItem()
                        .transformToUniAndConcatenate(directory::put)
                        .collect()
                        .last())
                .chain(numbers::all)
                .chain(known -> Multi.createFrom()
                        .iterable(known)
                        .onItem()
                        .transformToUniAndConcatenate(directory::put)
                        .collect()
                        .last()
                        .chain(() -> directory.removeNumbersBut(known)))
                .chain(directory::markWhole);
    }

    @Override
    public Uni<Void> publish(AssistantProfile profile) {
        topic.send(profile);
        return told(directory.put(profile));
    }

    @Override
    public Uni<Void> publish(AnsweredNumber number) {
        return told(directory.put(number));
    }

    @Override
    public Uni<Void> withdraw(String number) {
        return told(directory.removeNumber(number));
    }

    /** Stored is stored: the author need not hear that Redis is away. */
    private static Uni<Void> told(Uni<Void> telling) {
        return telling.ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("Redis was not told of a change; it will be. reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
