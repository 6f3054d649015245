package centralita.orchestrator.callback;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallbackCause;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.request.RequestFact;
import centralita.database.OpenOutcome;
import centralita.orchestrator.callback.Callback.Status;
import centralita.orchestrator.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stores callbacks. A request is applied once, and a number has one open callback at most (TH-12). */
@ApplicationScoped
public class CallbackRepository {
    private static final String SERVICE = "call-orchestrator";
    private static final String BOOK = """
            insert into callback (callback_id, call_id, number, number_last_two, our_number, assistant_id, language,
                                  cause, requested_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict do nothing""";
    /** All named, so that a new one changes no result. */
    private static final String COLUMNS =
            "callback_id, call_id, status, number_last_two, assistant_id, language, cause,"
                    + " requested_at, closed_at";

    private static final String LIST = "select " + COLUMNS + """
             from callback
            where ($1::text is null or status = $1) and ($2::uuid is null or callback_id < $2)
            order by callback_id desc limit $3""";

    private final Pool pool;

    CallbackRepository(Pool pool) {
        this.pool = pool;
    }

    /** What became of a request. */
    public enum Booking {
        BOOKED,
        /** The number has an open callback; that one stays. */
        ALREADY_OPEN,
        /** This request was applied before. */
        REPEATED,
        /** It asks for something that this version does not know. */
        UNKNOWN
    }

    /** Applies a request; a repetition changes nothing, also after the callback was closed. */
    public Uni<Booking> apply(RequestEvent event) {
        return switch (event.data()) {
            case RequestFact.Callback asked ->
                pool.withTransaction(transaction -> transaction
                        .preparedQuery("insert into inbox (event_id) values ($1) on conflict do nothing")
                        .execute(Tuple.of(event.id()))
                        .chain(rows -> rows.rowCount() == 0
                                ? Uni.createFrom().item(Booking.REPEATED)
                                : book(transaction, event, asked)));
            case RequestFact.Unknown _ -> Uni.createFrom().item(Booking.UNKNOWN);
        };
    }

    private static Uni<Booking> book(SqlConnection transaction, RequestEvent event, RequestFact.Callback asked) {
        return transaction
                .preparedQuery(BOOK)
                .execute(Tuple.tuple()
                        .addUUID(event.id())
                        .addUUID(event.subject())
                        .addString(asked.number().e164())
                        .addString(asked.number().lastTwo())
                        .addString(asked.ours() == null ? null : asked.ours().e164())
                        .addString(asked.assistantId())
                        .addString(asked.language())
                        .addString(asked.cause().name())
                        .addOffsetDateTime(asked.requestedAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 0 ? Booking.ALREADY_OPEN : Booking.BOOKED);
    }

    /** Newest first. @param limit rows at most; ask for one more than a page has */
    Uni<List<Callback>> list(@Nullable Status status, @Nullable UUID after, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(status == null ? null : status.name(), after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(CallbackRepository::callback)
                        .toList());
    }

    /**
     * Closes an open callback, forgets the number, and tells it on {@code call-lifecycle}, all or nothing. One that is
     * closed stays as it is.
     *
     * @param to {@link Status#DONE} or {@link Status#CANCELLED}
     * @return how it stands afterwards; empty when there is none
     */
    Uni<Optional<Callback>> close(UUID callbackId, Status to) {
        var write = pool.withTransaction(transaction -> transaction
                .preparedQuery("update callback set status = $2, number = null, our_number = null, closed_at = now()"
                        + " where callback_id = $1 and status = 'BOOKED' returning " + COLUMNS)
                .execute(Tuple.of(callbackId, to.name()))
                .chain(rows -> rows.rowCount() == 0
                        ? find(transaction, callbackId)
                        : tell(transaction, rows.iterator().next())));
        return OpenOutcome.settled(write, () -> write);
    }

    private static Uni<Optional<Callback>> find(SqlConnection transaction, UUID callbackId) {
        return transaction
                .preparedQuery("select " + COLUMNS + " from callback where callback_id = $1")
                .execute(Tuple.of(callbackId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(callback(rows.iterator().next())));
    }

    private static Uni<Optional<Callback>> tell(SqlConnection transaction, Row row) {
        var closed = callback(row);
        var closedAt = row.getOffsetDateTime("closed_at").toInstant();
        var fact = new CallFact.CallbackClosed(closed.status().name().toLowerCase(Locale.ROOT));
        return Outbox.append(transaction, CallEvent.of(SERVICE, closed.callId(), closedAt, null, fact))
                .replaceWith(Optional.of(closed));
    }

    private static Callback callback(Row row) {
        var closedAt = row.getOffsetDateTime("closed_at");
        return new Callback(
                row.getUUID("callback_id"),
                row.getUUID("call_id"),
                Status.valueOf(row.getString("status")),
                row.getString("number_last_two"),
                row.getString("assistant_id"),
                row.getString("language"),
                CallbackCause.valueOf(row.getString("cause")),
                row.getOffsetDateTime("requested_at").toInstant(),
                closedAt == null ? null : closedAt.toInstant());
    }
}
