package centralita.analytics.kpi;

import centralita.analytics.cost.rules.CostItem;
import centralita.analytics.cost.rules.CostRules;
import centralita.analytics.cost.rules.Prices;
import centralita.analytics.kpi.CallFacts.BargeIn;
import centralita.analytics.kpi.CallFacts.CostOfCall;
import centralita.analytics.kpi.CallFacts.MediaStream;
import centralita.analytics.kpi.CallFacts.ToolCall;
import centralita.analytics.kpi.CallFacts.Turn;
import centralita.analytics.kpi.CallFacts.Usage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads all facts of one call. */
@ApplicationScoped
class CallFactsRepository {
    /** More rows of one kind than a call of hours has; a call that passes it is shown cut, and summed up in full. */
    private static final int MOST_ROWS = 5_000;

    private static final String CALL = """
            select call_id, started_at, direction, assistant_id, assistant_version, language, campaign_id, answered_at,
                   ended_at, outcome, reason, talk_time_ms,
                   case when ended_at is not null then coalesce(%s, false) end as successful
            from call c where call_id = $1""".formatted(KpiRepository.SUCCESSFUL);
    private static final String TELEPHONY = """
            select (ended_at at time zone 'UTC')::date as day, lower(direction) as item,
                   ceil(talk_time_ms / 60000.0)::bigint as minutes
            from call where call_id = $1 and talk_time_ms > 0
            union all
            select (ended_at at time zone 'UTC')::date, 'media-stream', sum(ceil(duration_ms / 60000.0))::bigint
            from media_stream where call_id = $1 and duration_ms > 0 group by 1""";
    private static final String USAGE_BY_DAY = """
            select (at at time zone 'UTC')::date as day, kind, provider, model, sum(seconds) as seconds,
                   sum(text_in)::bigint as text_in, sum(text_cached)::bigint as text_cached,
                   sum(audio_in)::bigint as audio_in, sum(audio_cached)::bigint as audio_cached,
                   sum(text_out)::bigint as text_out, sum(audio_out)::bigint as audio_out
            from usage where call_id = $1 group by 1, 2, 3, 4 order by 1, 2, 3, 4""";
    /** Each with the call's id and the most rows, oldest first; all columns named, so that a new one changes no result. */
    private static final Map<String, String> DETAILS = Map.of(
            "turn",
            "select at, turn, trigger_kind, caller_speech_ms, first_audio_ms, audio_ms, heard_ms, interrupted from turn"
                    + " where call_id = $1 order by at, turn, event_id limit $2",
            "barge_in",
            "select at, heard_ms, made_ms, reaction_ms from barge_in where call_id = $1 order by at, event_id limit $2",
            "tool_call",
            "select at, tool, outcome, duration_ms from tool_call where call_id = $1 order by at, event_id limit $2",
            "usage",
            "select at, kind, provider, model, status, seconds, text_in, text_cached, audio_in, audio_cached, text_out,"
                    + " audio_out from usage where call_id = $1 order by at, event_id limit $2",
            "media_stream",
            "select ended_at, reason, duration_ms, missing_frames from media_stream where call_id = $1"
                    + " order by ended_at, event_id limit $2",
            "conversation_quality",
            "select at, duration_ms, mos, r_factor, talk_over_ms, holes, missing_ms, longest_gap_ms, jitter_micros,"
                    + " late_frames, dropped_ms, underruns, underrun_ms from conversation_quality where call_id = $1 order by at, event_id limit $2");

    private final Pool pool;
    private final Prices prices;

    CallFactsRepository(Pool pool, Prices prices) {
        this.pool = pool;
        this.prices = prices;
    }

    /** @return empty when no event has told of this call */
    Uni<Optional<CallFacts>> find(UUID callId) {
        return pool.withTransaction(connection -> connection
                .query(KpiRepository.ONE_SNAPSHOT)
                .execute()
                .chain(() -> connection.preparedQuery(CALL).execute(Tuple.of(callId)))
                .chain(calls -> calls.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : items(connection, callId)
                                .chain(items -> details(connection, callId)
                                        .map(details -> Optional.of(
                                                facts(calls.iterator().next(), items, details))))));
    }

    private static Uni<List<CostItem>> items(SqlConnection connection, UUID callId) {
        return connection
                .preparedQuery(USAGE_BY_DAY)
                .execute(Tuple.of(callId))
                .chain(usage -> connection
                        .preparedQuery(TELEPHONY)
                        .execute(Tuple.of(callId))
                        .map(telephony -> {
                            var items = new ArrayList<>(Rows.list(usage, Rows::usage));
                            items.addAll(Rows.list(telephony, Rows::telephony));
                            return items;
                        }));
    }

    /** One after another: a connection does one thing at a time. */
    private static Uni<Map<String, RowSet<Row>>> details(SqlConnection connection, UUID callId) {
        Uni<Map<String, RowSet<Row>>> all = Uni.createFrom().item(HashMap::new);
        for (var query : DETAILS.entrySet()) {
            all = all.chain(found -> connection
                    .preparedQuery(query.getValue())
                    .execute(Tuple.of(callId, MOST_ROWS))
                    .invoke(rows -> found.put(query.getKey(), rows))
                    .replaceWith(found));
        }
        return all;
    }

    private CallFacts facts(Row call, List<CostItem> items, Map<String, RowSet<Row>> details) {
        var cost = CostRules.cost(items, prices);
        return new CallFacts(
                call.getUUID("call_id"),
                Rows.instant(call, "started_at"),
                call.getString("direction"),
                call.getString("assistant_id"),
                call.getInteger("assistant_version"),
                call.getString("language"),
                call.getString("campaign_id"),
                Rows.optionalInstant(call, "answered_at"),
                Rows.optionalInstant(call, "ended_at"),
                call.getString("outcome"),
                call.getString("reason"),
                call.getLong("talk_time_ms"),
                call.getBoolean("successful"),
                new CostOfCall(cost.totals(), cost.lines(), cost.unpriced(), prices.asOf()),
                Rows.list(rows(details, "turn"), CallFactsRepository::turn),
                Rows.list(
                        rows(details, "barge_in"),
                        row -> new BargeIn(
                                Rows.instant(row, "at"),
                                row.getLong("heard_ms"),
                                row.getLong("made_ms"),
                                row.getLong("reaction_ms"))),
                Rows.list(
                        rows(details, "tool_call"),
                        row -> new ToolCall(
                                Rows.instant(row, "at"),
                                row.getString("tool"),
                                row.getString("outcome"),
                                row.getLong("duration_ms"))),
                Rows.list(
                        rows(details, "usage"),
                        row -> new Usage(
                                Rows.instant(row, "at"),
                                row.getString("kind"),
                                row.getString("provider"),
                                row.getString("model"),
                                row.getString("status"),
                                plain(row.getBigDecimal("seconds")),
                                Rows.tokens(row))),
                Rows.list(
                        rows(details, "media_stream"),
                        row -> new MediaStream(
                                Rows.instant(row, "ended_at"),
                                row.getString("reason"),
                                row.getLong("duration_ms"),
                                row.getLong("missing_frames"))),
                Rows.list(rows(details, "conversation_quality"), CallFactsRepository::quality));
    }

    private static CallFacts.Quality quality(Row row) {
        return new CallFacts.Quality(
                Rows.instant(row, "at"),
                row.getLong("duration_ms"),
                row.getBigDecimal("mos"),
                row.getBigDecimal("r_factor"),
                row.getLong("talk_over_ms"),
                row.getInteger("holes"),
                row.getLong("missing_ms"),
                row.getLong("longest_gap_ms"),
                row.getLong("jitter_micros"),
                row.getLong("late_frames"),
                row.getLong("dropped_ms"),
                row.getInteger("underruns"),
                row.getLong("underrun_ms"));
    }

    private static Turn turn(Row row) {
        return new Turn(
                Rows.instant(row, "at"),
                row.getInteger("turn"),
                row.getString("trigger_kind"),
                row.getLong("caller_speech_ms"),
                row.getLong("first_audio_ms"),
                row.getLong("audio_ms"),
                row.getLong("heard_ms"),
                row.getBoolean("interrupted"));
    }

    /** Without the zeros of the column, and without an exponent. */
    private static BigDecimal plain(BigDecimal seconds) {
        var stripped = seconds.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static RowSet<Row> rows(Map<String, RowSet<Row>> details, String table) {
        var rows = details.get(table);
        if (rows == null) {
            throw new IllegalStateException("the table " + table + " was not read");
        }
        return rows;
    }
}
