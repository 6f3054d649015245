package centralita.analytics.ingest;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.event.MalformedEventException;
import centralita.contracts.json.ContractsJson;
import centralita.edge.failure.OwnFault;
import centralita.edge.log.CallLog;
import centralita.edge.trace.PropagatedTrace;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads {@code call-lifecycle}, one record at a time, in order per partition.
 *
 * <p>A record that can never be read goes to the dead letters, and the next one is taken. While the database is away,
 * nothing is given up: the record is tried again until it succeeds, and the topic keeps what waits behind it. The offset
 * is committed after the facts, so a consumer that dies between the two sees the record again and finds it applied.
 */
@ApplicationScoped
class CallEventConsumer {
    private static final Logger LOG = Logger.getLogger(CallEventConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final FactRepository facts;
    private final PropagatedTrace traces;
    private final MeterRegistry meters;

    CallEventConsumer(FactRepository facts, PropagatedTrace traces, MeterRegistry meters) {
        this.facts = facts;
        this.traces = traces;
        this.meters = meters;
    }

    /** @return fails only for what no repetition can mend; the connector then sends the record to the dead letters */
    @Incoming("call-lifecycle")
    Uni<Void> onRecord(ConsumerRecord<String, byte[]> record) {
        CallEvent event;
        try {
            event = read(record);
        } catch (IllegalArgumentException e) {
            count("rejected");
            LOG.warnf(
                    "A record cannot be read and goes to the dead letters. partition=%d offset=%d why=%s",
                    record.partition(), record.offset(), e.getMessage());
            return Uni.createFrom().failure(e);
        }
        var span = traces.start("analytics apply", SpanKind.CONSUMER, event.traceparent(), event.subject());
        return facts.apply(event)
                .onFailure(failure -> !isForGood(failure))
                .invoke(failure -> CallLog.run(
                        event.subject(),
                        () -> LOG.warnf(
                                "An event waits for the database. eventId=%s why=%s",
                                event.id(), failure.getClass().getSimpleName())))
                .onFailure(failure -> !isForGood(failure))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.5)
                .indefinitely()
                .onFailure(CallEventConsumer::isForGood)
                .transform(failure -> new MalformedEventException(
                        failure instanceof PgException
                                ? "the database refuses a value of it"
                                : "it cannot be applied: " + failure.getClass().getSimpleName()))
                .invoke(isNew -> count(resultOf(event, isNew)))
                .onFailure()
                .invoke(() -> count("rejected"))
                .onTermination()
                .invoke(span::end)
                .replaceWithVoid();
    }

    private static CallEvent read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            throw new MalformedEventException("the record has no value");
        }
        var event = ContractsJson.read(record.value(), CallEvent.class);
        if (!event.subject().toString().equals(record.key())) {
            throw new MalformedEventException("the key of the record is not the callId");
        }
        return event;
    }

    /** SQLSTATE classes 22 (data exception) and 23 (integrity), and our own mistakes: the same event fails for ever. */
    private static boolean isForGood(Throwable failure) {
        if (failure instanceof PgException refused) {
            var state = String.valueOf(refused.getSqlState());
            return state.startsWith("22") || state.startsWith("23");
        }
        return OwnFault.is(failure);
    }

    private static String resultOf(CallEvent event, boolean isNew) {
        if (!isNew) {
            return "repeated";
        }
        return event.data() instanceof CallFact.Unknown ? "unknown" : "applied";
    }

    private void count(String result) {
        meters.counter("events.consumed", "topic", "call-lifecycle", "result", result)
                .increment();
    }
}
