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
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tells Redis and the topic of every change, after it was stored; and tells Redis everything again at the start and every
 * few minutes, so that one that was away or came back empty is right again without anybody's help.
 */
@ApplicationScoped
class DirectoryPublication implements AssistantPublication, NumberPublication {
    private static final Logger LOG = Logger.getLogger(DirectoryPublication.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(10);
    private static final String LOOK_EVERY = "2s";
    /** Somebody who changes something all the time is left to the next turn. */
    private static final int MOST_TIMES = 5;

    private final LiveDirectory directory;
    private final AssistantTopic topic;
    private final AssistantRepository assistants;
    private final NumberRepository numbers;
    private final FirstAssistants first;
    private final Duration patience;
    private volatile boolean begun;
    private volatile boolean tried;

    private record Stored(List<AssistantProfile> profiles, List<AnsweredNumber> numbers) {}

    @Inject
    DirectoryPublication(
            LiveDirectory directory,
            AssistantTopic topic,
            AssistantRepository assistants,
            NumberRepository numbers,
            FirstAssistants first) {
        this(directory, topic, assistants, numbers, first, FIRST_PATIENCE);
    }

    /** @param patience with the first publication, after which others need not wait for it */
    DirectoryPublication(
            LiveDirectory directory,
            AssistantTopic topic,
            AssistantRepository assistants,
            NumberRepository numbers,
            FirstAssistants first,
            Duration patience) {
        this.patience = patience;
        this.directory = directory;
        this.topic = topic;
        this.assistants = assistants;
        this.numbers = numbers;
        this.first = first;
    }

    /** Whether all was told once, or could not be in time. Any thread. */
    boolean tried() {
        return tried;
    }

    void atStart(@Observes StartupEvent started) {
        var work = publishFirst().memoize().indefinitely();
        work.subscribe()
                .with(
                        _ -> LOG.info("Assistants and numbers are published."),
                        failure -> LOG.warnf("Assistants could not be published at the start. reason=%s", failure));
        // The waiting ends in time, not the work: half of it would leave wrong what the other half mends.
        work.ifNoItem()
                .after(patience)
                .fail()
                .onTermination()
                .invoke(() -> tried = true)
                .subscribe()
                .with(_ -> {}, failure -> LOG.debugf("The start waits no longer. reason=%s", failure));
    }

    /** All, with the assistants that every deployment begins with, to Redis and to the topic. */
    private Uni<Void> publishFirst() {
        return first.addIfNew()
                .chain(this::publishAll)
                .chain(assistants::all)
                .invoke(profiles -> profiles.forEach(topic::send))
                .invoke(() -> begun = true)
                .replaceWithVoid();
    }

    @Scheduled(every = "{orchestrator.directory.publish-every}", delayed = "{orchestrator.directory.publish-every}")
    Uni<Void> again() {
        return (begun ? publishAll() : publishFirst())
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

    /** All that gateways must know. */
    Uni<Void> publishAll() {
        return stored().chain(read -> publish(read, MOST_TIMES));
    }

    /**
     * Tells what was read, and again if it is no longer what is stored: a change that was told meanwhile may have been
     * overwritten with what was read before it. One that comes later than the second reading is told later than all this.
     */
    private Uni<Void> publish(Stored read, int timesLeft) {
        return tell(read)
                .chain(this::stored)
                .chain(now -> now.equals(read) || timesLeft <= 1 ? directory.markWhole() : publish(now, timesLeft - 1));
    }

    private Uni<Stored> stored() {
        return assistants.all().chain(profiles -> numbers.all().map(known -> new Stored(profiles, known)));
    }

    private Uni<Void> tell(Stored read) {
        return Multi.createFrom()
                .iterable(read.profiles)
                .onItem()
                .transformToUniAndConcatenate(directory::put)
                .collect()
                .last()
                .chain(() -> Multi.createFrom()
                        .iterable(read.numbers)
                        .onItem()
                        .transformToUniAndConcatenate(directory::put)
                        .collect()
                        .last())
                .chain(() -> directory.removeNumbersBut(read.numbers));
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
