package centralita.analytics.ingest;

import centralita.contracts.call.CallEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;

/** Keeps facts, and which events they were read from: each event once, by its id, in the same transaction as its facts. */
@ApplicationScoped
class FactRepository {
    private static final String FORGET = """
            delete from inbox where event_id in (select event_id from inbox where applied_at < $1 limit $2)""";

    private final Pool pool;

    FactRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * Applies an event, all of it or nothing.
     *
     * @return whether it was new; false when it had been applied before
     */
    Uni<Boolean> apply(CallEvent event) {
        var statement = FactStatement.of(event);
        return pool.preparedQuery(statement.sql()).execute(statement.values()).map(rows -> rows.size() == 1);
    }

    /** Forgets which events were applied before a time; those events must no longer be in the topic. */
    Uni<Integer> forget(OffsetDateTime before, int most) {
        return pool.preparedQuery(FORGET).execute(Tuple.of(before, most)).map(rows -> rows.rowCount());
    }
}
