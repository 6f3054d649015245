package centralita.orchestrator.kafka;

import centralita.orchestrator.outbox.EventTopics;
import centralita.orchestrator.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Writes the outbox's events, each to its topic under its key. */
@ApplicationScoped
class OutboxTopics implements EventTopics {
    private static final byte[] CONTENT_TYPE =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII);
    /** Longer than the producer itself tries. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final MutinyEmitter<String> emitter;

    OutboxTopics(@Channel("outbox") MutinyEmitter<String> emitter) {
        this.emitter = emitter;
    }

    @Override
    public Uni<Void> send(OutboxEvent event) {
        var headers = new RecordHeaders().add("content-type", CONTENT_TYPE);
        if (event.traceparent() != null) {
            headers.add("traceparent", event.traceparent().getBytes(StandardCharsets.US_ASCII));
        }
        var record = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(event.topic())
                .withKey(event.key())
                .withHeaders(headers)
                .build();
        return emitter.sendMessage(Message.of(event.json(), Metadata.of(record)))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }
}
