package centralita.local.chaos;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.json.ContractsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads {@code call-lifecycle} as any consumer would, on a thread of its own, and remembers what matters. */
final class LifecycleLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LifecycleLog.class);
    private static final String TOPIC = "call-lifecycle";
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;
    private final Map<UUID, Call> calls = new HashMap<>();
    private final Set<UUID> ids = new HashSet<>();
    private long records;
    private long unreadable;
    private volatile boolean closed;
    private final Unspeakable unspeakable;
    private long leaks;

    /** What was told of a call: when its ends were, by the events' own time, each event once. */
    record Call(
            List<Instant> ended,
            List<CallFact.Ended> endings,
            List<CallFact.MediaStreamStarted> streams,
            List<Move> moves,
            List<CallFact.ModelSwitched> switches) {
        Call() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        Call copy() {
            return new Call(
                    List.copyOf(ended),
                    List.copyOf(endings),
                    List.copyOf(streams),
                    List.copyOf(moves),
                    List.copyOf(switches));
        }
    }

    /** @param servedAt by the event's own time, when the other bridge had the call */
    record Move(Instant servedAt, CallFact.Moved fact) {
        /** When the old bridge served no more. */
        Instant begunAt() {
            return servedAt.minusMillis(fact.gapMs());
        }
    }

    /** @param unspeakable what no event may hold */
    LifecycleLog(String bootstrapServers, Unspeakable unspeakable) {
        this.unspeakable = unspeakable;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "chaos-witness",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        reader = Thread.ofPlatform().daemon().name("chaos-lifecycle").start(this::read);
    }

    private void read() {
        try (consumer) {
            consumer.subscribe(List.of(TOPIC));
            while (!closed) {
                consumer.poll(POLL).forEach(one -> take(one.value()));
            }
        } catch (KafkaException e) {
            LOG.warnf(e, "the witness reads no more events");
        }
    }

    private synchronized void take(byte[] value) {
        records++;
        var text = new String(value, StandardCharsets.UTF_8);
        if (unspeakable.isIn(text)) {
            leaks++;
        }
        try {
            var event = ContractsJson.mapper().readValue(value, CallEvent.class);
            if (!ids.add(event.id())) {
                return;
            }
            var call = calls.computeIfAbsent(event.subject(), _ -> new Call());
            switch (event.data()) {
                case CallFact.Ended ended -> {
                    call.ended().add(event.time());
                    call.endings().add(ended);
                }
                case CallFact.MediaStreamStarted stream -> call.streams().add(stream);
                case CallFact.ModelSwitched switched -> call.switches().add(switched);
                case CallFact.Moved moved -> call.moves().add(new Move(event.time(), moved));
                default -> {}
            }
        } catch (IOException e) {
            unreadable++;
        }
    }

    synchronized Map<UUID, Call> calls() {
        var copy = new HashMap<UUID, Call>();
        calls.forEach((callId, call) -> copy.put(callId, call.copy()));
        return copy;
    }

    /** Whether each of these calls has been told to be over. */
    synchronized boolean allEnded(Set<UUID> callIds) {
        return callIds.stream()
                .allMatch(callId ->
                        calls.containsKey(callId) && !calls.get(callId).ended().isEmpty());
    }

    /** Events, each counted once. */
    synchronized int distinctEvents() {
        return ids.size();
    }

    /** Records, repeated ones included. */
    synchronized long records() {
        return records;
    }

    synchronized long unreadable() {
        return unreadable;
    }

    synchronized long leaks() {
        return leaks;
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
