package centralita.orchestrator.kafka;

import centralita.edge.failure.OwnFault;
import centralita.edge.log.CallLog;
import centralita.orchestrator.kafka.EventReader.BrokenRecordException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What every consumer does with a record: read it, apply it, count what became of it. A record that cannot be read goes to
 * the dead letters; while the database is away the record is tried again for ever, because to skip it would lose a fact.
 */
@ApplicationScoped
class RecordIntake {
    private static final Logger LOG = Logger.getLogger(RecordIntake.class);

    private final MeterRegistry meters;

    RecordIntake(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param type of the event that the record holds
     * @param callId of the event
     * @param effect applies it once, however often it is tried; its result is counted by the last function's word
     */
    <E, R> Uni<Void> take(
            ConsumerRecord<String, byte[]> record,
            Class<E> type,
            Function<E, UUID> callId,
            Function<E, Uni<R>> effect,
            Function<R, String> word) {
        return Uni.createFrom()
                .item(() -> EventReader.read(record.value(), type))
                .chain(event -> patiently(callId.apply(event), effect.apply(event)))
                .invoke(result -> count(record.topic(), word.apply(result)))
                .onFailure()
                .invoke(failure -> reject(record, failure))
                .replaceWithVoid();
    }

    private static <R> Uni<R> patiently(UUID callId, Uni<R> effect) {
        return effect.onFailure(RecordIntake::passes)
                .invoke(failure -> CallLog.run(
                        callId,
                        () -> LOG.warnf("The database did not take an event; trying again. reason=%s", failure)))
                .onFailure(RecordIntake::passes)
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
