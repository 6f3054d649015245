package centralita.orchestrator.reconcile;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.EndReason;
import centralita.orchestrator.outbox.Outbox;
import centralita.orchestrator.reconcile.rules.OpenCall;
import centralita.orchestrator.reconcile.rules.Verdict;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Open calls that have gone quiet, each lent to one process at a time. What a process that dies had borrowed is free
 * again after {@link #LEASE}.
 */
@ApplicationScoped
class OpenCalls {
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final String SERVICE = "call-orchestrator";
    private static final String BORROW = """
            with due as (
                select call_id from call
                where state <> 'ENDED' and end_told_at is null
                  and news_at <= now() - make_interval(secs => $1)
                  and (look_at is null or look_at <= now())
                  and (leased_until is null or leased_until <= now())
                order by news_at limit $2 for update skip locked)
            update call set leased_until = now() + make_interval(secs => $3)
            from due where call.call_id = due.call_id
            returning call.call_id, call.state, call.call_sid, call.news_at, call.answered_at, call.hang_up_at,
                call.vain_looks, call.traceparent, now() as now,
                (select e.data ->> 'reason' from call_event e
                 where e.call_id = call.call_id and e.type = 'centralita.call.conversation-ended.v1'
                   and e.data ->> 'reason' <> 'GIVEN_AWAY'
                 order by e.time desc limit 1) as conversation_end""";
    private static final String RETURN = """
            update call set leased_until = null, look_at = now() + make_interval(secs => $2),
                vain_looks = case when $3 then vain_looks + 1 else 0 end
            where call_id = $1""";
    private static final String END = """
            update call set end_told_at = now(), leased_until = null
            where call_id = $1 and state <> 'ENDED' and end_told_at is null and ($2::timestamptz is null or news_at = $2)""";
    private static final String MEAN_TO_HANG_UP = """
            update call set hang_up_at = now()
            where call_id = $1 and state <> 'ENDED' and end_told_at is null and hang_up_at is not distinct from $2""";

    private final Pool pool;

    OpenCalls(Pool pool) {
        this.pool = pool;
    }

    /** @param now by the database's clock */
    record Borrowed(OpenCall call, Instant now) {}

    /** The calls that have waited longest, at most so many; none that another process has. */
    Uni<List<Borrowed>> borrow(Duration quietFor, int most) {
        return pool.preparedQuery(BORROW)
                .execute(Tuple.of(seconds(quietFor), most, seconds(LEASE)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OpenCalls::borrowed)
                        .toList());
    }

    /** @param inVain whether the look brought no answer */
    Uni<Void> giveBack(UUID callId, Duration lookAgainAfter, boolean inVain) {
        return pool.preparedQuery(RETURN)
                .execute(Tuple.of(callId, seconds(lookAgainAfter), inVain))
                .replaceWithVoid();
    }

    /**
     * Ends a call, unless its end was told meanwhile: the event is in the outbox or it is not decided. A call that was
     * given up because nobody had heard of it goes on when somebody just has.
     *
     * @return whether this told it
     */
    Uni<Boolean> end(OpenCall call, Verdict.End end) {
        var event = CallEvent.of(SERVICE, call.callId(), end.at(), call.traceparent(), end.fact());
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(END)
                .execute(Tuple.tuple()
                        .addUUID(call.callId())
                        .addOffsetDateTime(
                                end.why() == Verdict.Why.CALLBACK_LOST
                                        ? null
                                        : call.newsAt().atOffset(ZoneOffset.UTC)))
                .chain(rows ->
                        rows.rowCount() == 0 ? Uni.createFrom().item(false) : Outbox.append(transaction, event)));
    }

    /** Writes down that a call is to be hung up, before anybody is asked. @return false when another was faster */
    Uni<Boolean> meanToHangUp(OpenCall call) {
        return pool.preparedQuery(MEAN_TO_HANG_UP)
                .execute(Tuple.tuple()
                        .addUUID(call.callId())
                        .addOffsetDateTime(
                                call.hangUpAt() == null ? null : call.hangUpAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Borrowed borrowed(Row row) {
        var callId = row.getUUID("call_id");
        var conversationEnd = row.getString("conversation_end");
        return new Borrowed(
                new OpenCall(
                        callId,
                        row.getString("state").equals("REQUESTED"),
                        row.getString("call_sid"),
                        Instant.ofEpochMilli(callId.getMostSignificantBits() >>> 16),
                        row.getOffsetDateTime("news_at").toInstant(),
                        instant(row, "answered_at"),
                        conversationEnd == null ? null : reason(conversationEnd),
                        instant(row, "hang_up_at"),
                        row.getInteger("vain_looks"),
                        row.getString("traceparent")),
                row.getOffsetDateTime("now").toInstant());
    }

    private static EndReason reason(String word) {
        for (var reason : EndReason.values()) {
            if (reason.name().equals(word)) {
                return reason;
            }
        }
        return EndReason.UNKNOWN;
    }

    private static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
