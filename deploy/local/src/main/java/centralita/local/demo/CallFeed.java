package centralita.local.demo;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.local.demo.ConversationLines.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows the first call that is received after it was opened, on both topics, from where they end now. Not
 * thread-safe: one thread opens, follows and closes it.
 */
final class CallFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** What was said is known a little after it was said: lines wait so long for those that belong before them. */
    private static final Duration WAIT_FOR_EARLIER = Duration.ofMillis(2_500);

    private static final List<String> TOPICS = List.of(Topics.CALL_LIFECYCLE, Topics.CALL_TRANSCRIPTS);

    private final KafkaConsumer<String, byte[]> consumer;
    private final ConversationLines lines = new ConversationLines();
    /** Events that came before the one that says which call it is. */
    private final List<ConsumerRecord<String, byte[]>> early = new ArrayList<>();

    private final PriorityQueue<Line> waiting = new PriorityQueue<>(Comparator.comparing(Line::at));

    private Optional<UUID> callId = Optional.empty();

    private CallFeed(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** From this moment on no event is missed. */
    static CallFeed open(String bootstrapServers) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the positions makes it happen.
        partitions.forEach(consumer::position);
        return new CallFeed(consumer);
    }

    /** Our id of the call that it follows; empty until it was received. */
    Optional<UUID> callId() {
        return callId;
    }

    /**
     * Prints until the call has ended, or the limit is over.
     *
     * @return whether it has ended
     */
    boolean follow(Duration limit, Consumer<String> out) {
        var until = Instant.now().plus(limit);
        while (!lines.ended() && Instant.now().isBefore(until)) {
            for (var found : consumer.poll(POLL)) {
                if (callId.isEmpty()) {
                    early.add(found);
                    received(found).ifPresent(id -> {
                        callId = Optional.of(id);
                        early.forEach(this::read);
                        early.clear();
                    });
                } else {
                    read(found);
                }
            }
            print(Instant.now().minus(WAIT_FOR_EARLIER), out);
        }
        print(Instant.MAX, out);
        return lines.ended();
    }

    private void print(Instant upTo, Consumer<String> out) {
        for (var next = waiting.peek(); next != null && next.at().isBefore(upTo); next = waiting.peek()) {
            out.accept(waiting.remove().text());
        }
    }

    private static Optional<UUID> received(ConsumerRecord<String, byte[]> found) {
        if (!found.topic().equals(Topics.CALL_LIFECYCLE)) {
            return Optional.empty();
        }
        var event = ContractsJson.read(found.value(), CallEvent.class);
        return event.data() instanceof CallFact.Received ? Optional.of(event.subject()) : Optional.empty();
    }

    private void read(ConsumerRecord<String, byte[]> found) {
        if (!callId.map(UUID::toString).equals(Optional.ofNullable(found.key()))) {
            return;
        }
        var text = found.topic().equals(Topics.CALL_LIFECYCLE)
                ? lines.of(ContractsJson.read(found.value(), CallEvent.class))
                : lines.of(ContractsJson.read(found.value(), TranscriptEvent.class));
        waiting.addAll(text);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
