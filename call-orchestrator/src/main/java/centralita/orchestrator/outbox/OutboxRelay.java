package centralita.orchestrator.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Brings events from the outbox to Kafka, in the order in which they were written. One process at a time: two could
 * exchange the events of one call. At least once: a process that dies between Kafka's word and its own commit sends again,
 * and consumers apply an id once. While Kafka is away everything waits.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 100;
    /** Ours among the database's advisory locks; goes with the transaction, and so with the process. */
    private static final long LOCK = 0x6F7574626F78L;

    private final Pool pool;
    private final EventTopics topics;
    private final AtomicLong waiting = new AtomicLong();

    OutboxRelay(Pool pool, EventTopics topics, MeterRegistry meters) {
        this.pool = pool;
        this.topics = topics;
        meters.gauge("outbox.waiting", waiting);
    }

    @Scheduled(every = "{orchestrator.outbox.relay-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return relay().chain(this::count)
                .onFailure()
                .invoke(failure -> LOG.warnf("Events wait in the outbox. reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> relay() {
        return pool.withTransaction(this::relayBatch)
                .chain(sent -> sent == BATCH ? relay() : Uni.createFrom().voidItem());
    }

    /** @return how many were sent */
    private Uni<Integer> relayBatch(SqlConnection transaction) {
        return transaction
                .preparedQuery("select pg_try_advisory_xact_lock($1) as mine")
                .execute(Tuple.of(LOCK))
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? transaction
                                .preparedQuery("select id, aggregatetype, aggregateid, payload, traceparent from outbox"
                                        + " order by id limit $1")
                                .execute(Tuple.of(BATCH))
                                .chain(events -> send(transaction, events))
                        : Uni.createFrom().item(0));
    }

    private Uni<Integer> send(SqlConnection transaction, RowSet<Row> rows) {
        List<Long> sent = new ArrayList<>();
        return Multi.createFrom()
                .items(StreamSupport.stream(rows.spliterator(), false).map(OutboxRelay::event))
                .onItem()
                .transformToUniAndConcatenate(event -> topics.send(event).invoke(() -> sent.add(event.position())))
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.warnf("Kafka did not take an event; it waits. reason=%s", failure))
                // What was sent is done with, whatever came of the rest.
                .onFailure()
                .recoverWithNull()
                .chain(() -> sent.isEmpty()
                        ? Uni.createFrom().item(0)
                        : transaction
                                .preparedQuery("delete from outbox where id = any($1)")
                                .execute(Tuple.tuple().addArrayOfLong(sent.toArray(Long[]::new)))
                                .map(RowSet::rowCount));
    }

    private Uni<Void> count() {
        return pool.query("select count(*) as waiting from outbox")
                .execute()
                .invoke(rows -> waiting.set(rows.iterator().next().getLong("waiting")))
                .replaceWithVoid();
    }

    private static OutboxEvent event(Row row) {
        return new OutboxEvent(
                row.getLong("id"),
                row.getString("aggregatetype"),
                row.getString("aggregateid"),
                row.getString("payload"),
                row.getString("traceparent"));
    }
}
