package centralita.orchestrator.outbox;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Where events wait for Kafka. */
public final class Outbox {
    private static final String APPEND = """
            insert into outbox (event_id, aggregatetype, aggregateid, type, payload, traceparent)
            values ($1, $2, $3, $4, $5, $6) on conflict (event_id) do nothing""";

    private Outbox() {}

    /**
     * Lays an event down in the caller's transaction; with it, it is published or never was.
     *
     * @return whether it was new; false while an event of the same id waits here
     */
    public static Uni<Boolean> append(SqlConnection transaction, CallEvent event) {
        return transaction
                .preparedQuery(APPEND)
                .execute(Tuple.tuple()
                        .addUUID(event.id())
                        .addString(Topics.CALL_LIFECYCLE)
                        .addString(event.subject().toString())
                        .addString(event.type())
                        .addString(ContractsJson.write(event))
                        .addString(event.traceparent()))
                .map(rows -> rows.rowCount() == 1);
    }
}
