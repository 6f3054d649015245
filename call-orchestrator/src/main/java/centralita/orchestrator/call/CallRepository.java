package centralita.orchestrator.call;

import centralita.contracts.call.CallEvent;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import centralita.orchestrator.call.life.CallInput;
import centralita.orchestrator.call.life.CallLife;
import centralita.orchestrator.call.life.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Applies events to stored calls. Every event is applied once: its id is noted in the transaction of its effect. Events of
 * one call that come over both topics at the same time wait for one another on the call's row.
 */
@ApplicationScoped
public class CallRepository {
    private static final String DETAILS = """
            update call set
                direction         = coalesce(direction, $2),
                call_sid          = coalesce(call_sid, $3),
                assistant_id      = coalesce(assistant_id, $4),
                assistant_version = coalesce(assistant_version, $5),
                language          = coalesce(language, $6),
                campaign_id       = coalesce(campaign_id, $7),
                from_hash         = coalesce(from_hash, $8),
                from_last_two     = coalesce(from_last_two, $9),
                to_hash           = coalesce(to_hash, $10),
                to_last_two       = coalesce(to_last_two, $11),
                answered_at       = least(answered_at, $12),
                ended_at          = least(ended_at, $13)
            where call_id = $1""";
    private static final String STATE = """
            update call set state = $2, state_since = $3, outcome = $4, end_reason = $5, talk_time_ms = $6
            where call_id = $1""";
    private static final String SAID = """
            insert into transcript (call_id, item_key, event_id, kind, time, start_ms, data)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (call_id, item_key) do update set
                event_id = excluded.event_id, time = excluded.time, start_ms = excluded.start_ms, data = excluded.data
            where (transcript.time, transcript.event_id) < (excluded.time, excluded.event_id)""";

    private final Pool pool;

    CallRepository(Pool pool) {
        this.pool = pool;
    }

    /** @return whether it was new; false for a repetition, which changes nothing */
    public Uni<Boolean> apply(CallEvent event) {
        return pool.withTransaction(connection -> once(
                connection,
                event.id(),
                () -> announce(connection, event.subject())
                        .chain(() -> move(connection, event))
                        .chain(() -> hear(connection, event))
                        .chain(() -> describe(connection, event))
                        .chain(() -> record(connection, event))));
    }

    /** @return whether it was new */
    public Uni<Boolean> apply(TranscriptEvent event) {
        return pool.withTransaction(connection -> once(
                connection,
                event.id(),
                () -> announce(connection, event.subject()).chain(() -> say(connection, event))));
    }

    /** Forgets ids of events that are older than any repetition: the topics keep theirs for thirty days at most. */
    public Uni<Integer> forgetOldIds() {
        return pool.query("delete from inbox where received_at < now() - interval '35 days'")
                .execute()
                .map(rows -> rows.rowCount());
    }

    private interface Effect {
        Uni<?> run();
    }

    private static Uni<Boolean> once(SqlConnection connection, UUID eventId, Effect effect) {
        return connection
                .preparedQuery("insert into inbox (event_id) values ($1) on conflict do nothing")
                .execute(Tuple.of(eventId))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : effect.run().replaceWith(true));
    }

    private static Uni<Void> announce(SqlConnection connection, UUID callId) {
        return connection
                .preparedQuery("insert into call (call_id) values ($1) on conflict do nothing")
                .execute(Tuple.of(callId))
                .replaceWithVoid();
    }

    private static Uni<?> move(SqlConnection connection, CallEvent event) {
        return connection
                .preparedQuery("select state, state_since, outcome, end_reason, talk_time_ms from call"
                        + " where call_id = $1 for update")
                .execute(Tuple.of(event.subject()))
                .chain(rows -> {
                    var state = CallRow.state(rows.iterator().next());
                    return switch (CallLife.decide(state, CallInput.of(event.time(), event.data()))) {
                        case Decision.Moved(var to) ->
                            connection.preparedQuery(STATE).execute(CallRow.stateTuple(event.subject(), to));
                        case Decision.Ignored _ -> Uni.createFrom().voidItem();
                    };
                });
    }

    /** That a call was heard of puts off the question whether it still lives. */
    private static Uni<?> hear(SqlConnection connection, CallEvent event) {
        return connection
                .preparedQuery("update call set news_at = now(), traceparent = coalesce(traceparent, $2)"
                        + " where call_id = $1 and state <> 'ENDED'")
                .execute(Tuple.of(event.subject(), event.traceparent()));
    }

    private static Uni<?> describe(SqlConnection connection, CallEvent event) {
        var details = CallRow.details(event.subject(), event.time(), event.data());
        return details == null
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(DETAILS).execute(details);
    }

    private static Uni<?> record(SqlConnection connection, CallEvent event) {
        var envelope = new JsonObject(ContractsJson.write(event));
        return connection
                .preparedQuery("insert into call_event (event_id, call_id, type, time, source, data)"
                        + " values ($1, $2, $3, $4, $5, $6) on conflict do nothing")
                .execute(Tuple.tuple()
                        .addUUID(event.id())
                        .addUUID(event.subject())
                        .addString(envelope.getString("type", "unknown"))
                        .addOffsetDateTime(event.time().atOffset(ZoneOffset.UTC))
                        .addString(event.source().toString())
                        .addValue(envelope.getJsonObject("data", new JsonObject())));
    }

    private static Uni<?> say(SqlConnection connection, TranscriptEvent event) {
        return switch (event.data()) {
            case TranscriptFact.Said said -> say(connection, event, "said", "said:" + said.itemId(), said.startMs());
            case TranscriptFact.ToolUsed tool ->
                say(connection, event, "tool", "tool:" + tool.toolCallId(), tool.startMs());
            case TranscriptFact.Digits digits ->
                say(connection, event, "digits", "digits:" + event.id(), digits.startMs());
            case TranscriptFact.Context _ -> say(connection, event, "context", "context", 0);
            case TranscriptFact.Unknown _ -> Uni.createFrom().voidItem();
        };
    }

    private static Uni<?> say(
            SqlConnection connection, TranscriptEvent event, String kind, String itemKey, long startMs) {
        return connection
                .preparedQuery(SAID)
                .execute(Tuple.tuple()
                        .addUUID(event.subject())
                        .addString(itemKey)
                        .addUUID(event.id())
                        .addString(kind)
                        .addOffsetDateTime(event.time().atOffset(ZoneOffset.UTC))
                        .addLong(startMs)
                        .addValue(new JsonObject(ContractsJson.write(event.data()))));
    }
}
