package centralita.orchestrator.kafka;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.edge.failure.OwnFault;
import centralita.edge.log.CallLog;
import centralita.orchestrator.call.CallRepository;
import centralita.orchestrator.kafka.EventReader.BrokenRecordException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes events from both topics, one at a time each. A record that cannot be read goes to the dead letters; while the
 * database is away the record is tried again for ever, because to skip it would lose a fact.
 *
 * <p>The framework opens a span per record under the {@code traceparent} of its header, so this is part of the call's
 * trace.
 */
@ApplicationScoped
class CallEventConsumer {
    private static final Logger LOG = Logger.getLogger(CallEventConsumer.class);

    private final CallRepository calls;
    private final MeterRegistry meters;

    CallEventConsumer(CallRepository calls, MeterRegistry meters) {
        this.calls = calls;
        this.meters = meters;
    }

    @Incoming("call-lifecycle")
    Uni<Void> onCallEvent(ConsumerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .item(() -> EventReader.callEvent(record.value()))
                .chain(event -> patiently(event.subject(), calls.apply(event)).invoke(isNew -> count(event, isNew)))
                .onFailure()
                .invoke(failure -> reject(record, failure))
                .replaceWithVoid();
    }

    @Incoming("call-transcripts")
    Uni<Void> onTranscriptEvent(ConsumerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .item(() -> EventReader.transcriptEvent(record.value()))
                .chain(event -> patiently(event.subject(), calls.apply(event)))
                .invoke(isNew -> count("call-transcripts", isNew ? "applied" : "repeated"))
                .onFailure()
                .invoke(failure -> reject(record, failure))
                .replaceWithVoid();
    }

    private Uni<Boolean> patiently(UUID callId, Uni<Boolean> effect) {
        return effect.onFailure(CallEventConsumer::passes)
                .invoke(failure -> CallLog.run(
                        callId,
                        () -> LOG.warnf("The database did not take an event; trying again. reason=%s", failure)))
                .onFailure(CallEventConsumer::passes)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely();
    }

    /** Whether a failure is of the moment: neither what the database says of the data itself, nor our own mistake. */
    private static boolean passes(Throwable failure) {
        if (failure instanceof PgException refusal) {
            var state = String.valueOf(refusal.getSqlState());
            // Connection, resources, operator, rollback.
            return state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.startsWith("40");
        }
        return !OwnFault.is(failure);
    }

    private void count(CallEvent event, boolean isNew) {
        count("call-lifecycle", !isNew ? "repeated" : event.data() instanceof CallFact.Unknown ? "unknown" : "applied");
    }

    private void reject(ConsumerRecord<String, byte[]> record, Throwable failure) {
        count(record.topic(), "rejected");
        var why = failure instanceof BrokenRecordException
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
        LOG.errorf(
                "A record goes to the dead letters. topic=%s partition=%d offset=%d reason=%s",
                record.topic(), record.partition(), record.offset(), why);
    }

    private void count(String topic, String result) {
        meters.counter("events.consumed", "topic", topic, "result", result).increment();
    }
}
