package centralita.analytics.kpi;

import static java.time.ZoneOffset.UTC;

import centralita.analytics.cost.rules.CostItem;
import centralita.analytics.cost.rules.CostRules;
import centralita.analytics.cost.rules.Prices;
import centralita.analytics.kpi.Summary.Calls;
import centralita.analytics.kpi.Summary.CostOfCalls;
import centralita.analytics.kpi.Summary.FirstAudio;
import centralita.analytics.kpi.Summary.Sound;
import centralita.analytics.kpi.Summary.ToolCalls;
import centralita.contracts.call.Tokens;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures over the calls of a period, counted in the database; only money is worked out here. */
@ApplicationScoped
class KpiRepository {
    /** What a summary reads belongs together. */
    static final String ONE_SNAPSHOT = "set transaction isolation level repeatable read read only";

    /** True for a call that did what it was for; {@code c} is the call. Null while it has not ended. */
    static final String SUCCESSFUL = """
            (c.outcome = 'COMPLETED' and c.reason not in ('MODEL_UNAVAILABLE', 'STREAM_LOST', 'NEVER_ATTACHED')
             and exists (select from turn t where t.call_id = c.call_id and t.audio_ms > 0))""";

    private static final String CHOSEN = """
            with c as (
                select * from call
                where started_at >= $1 and started_at < $2
                  and ($3::text is null or direction = $3) and ($4::text is null or assistant_id = $4))
            """;
    private static final String CALLS = CHOSEN + """
            select count(*) as total,
                   count(*) filter (where ended_at is not null) as ended,
                   count(*) filter (where %s) as successful,
                   round(avg(talk_time_ms) filter (where talk_time_ms > 0))::bigint as talk_time_ms
            from c""".formatted(SUCCESSFUL);
    private static final String TURNS = CHOSEN + """
            select count(*) as turns,
                   count(first_audio_ms) as answers,
                   round(percentile_cont(0.50) within group (order by first_audio_ms))::bigint as p50,
                   round(percentile_cont(0.95) within group (order by first_audio_ms))::bigint as p95,
                   round(percentile_cont(0.99) within group (order by first_audio_ms))::bigint as p99
            from turn join c using (call_id)""";
    private static final String EVENTS = CHOSEN + """
            select (select count(*) from barge_in join c using (call_id)) as barge_ins,
                   count(*) as tools,
                   count(*) filter (where t.outcome = 'ok') as ok,
                   count(*) filter (where t.outcome = 'failed') as failed,
                   count(*) filter (where t.outcome = 'refused') as refused
            from tool_call t join c using (call_id)""";
    private static final String SOUND = CHOSEN + """
            select count(*) as rated,
                   round(sum(mos * greatest(duration_ms, 1)) / sum(greatest(duration_ms, 1)), 2) as average,
                   round((percentile_cont(0.05) within group (order by mos))::numeric, 2) as p5
            from conversation_quality join c using (call_id)""";
    private static final String USAGE = CHOSEN + """
            select (u.at at time zone 'UTC')::date as day, kind, provider, model,
                   sum(seconds) as seconds,
                   sum(text_in)::bigint as text_in, sum(text_cached)::bigint as text_cached,
                   sum(audio_in)::bigint as audio_in, sum(audio_cached)::bigint as audio_cached,
                   sum(text_out)::bigint as text_out, sum(audio_out)::bigint as audio_out
            from usage u join c using (call_id)
            group by 1, 2, 3, 4 order by 1, 2, 3, 4""";
    private static final String TELEPHONY = CHOSEN + """
            select (c.ended_at at time zone 'UTC')::date as day, lower(direction) as item,
                   sum(ceil(talk_time_ms / 60000.0))::bigint as minutes
            from c where talk_time_ms > 0 group by 1, 2
            union all
            select (m.ended_at at time zone 'UTC')::date, 'media-stream', sum(ceil(m.duration_ms / 60000.0))::bigint
            from media_stream m join c using (call_id) where m.duration_ms > 0 group by 1
            order by 1, 2""";

    private final Pool pool;
    private final Prices prices;

    KpiRepository(Pool pool, Prices prices) {
        this.pool = pool;
        this.prices = prices;
    }

    Uni<Summary> summary(Period period) {
        var chosen = Arrays.<@Nullable Object>asList(
                period.from().atOffset(UTC),
                period.to().atOffset(UTC),
                period.direction() == null ? null : period.direction().name(),
                period.assistantId());
        return pool.withTransaction(connection -> connection
                .query(ONE_SNAPSHOT)
                .execute()
                .chain(() -> read(connection, CALLS, chosen))
                .chain(calls -> read(connection, TURNS, chosen)
                        .chain(turns -> read(connection, EVENTS, chosen)
                                .chain(events -> read(connection, SOUND, chosen)
                                        .chain(sound -> items(connection, chosen)
                                                .map(items -> summary(
                                                        period,
                                                        only(calls),
                                                        only(turns),
                                                        only(events),
                                                        only(sound),
                                                        items)))))));
    }

    private static Uni<List<CostItem>> items(SqlConnection connection, List<@Nullable Object> chosen) {
        return read(connection, USAGE, chosen)
                .chain(usage -> read(connection, TELEPHONY, chosen).map(telephony -> {
                    var items = new ArrayList<>(Rows.list(usage, Rows::usage));
                    items.addAll(Rows.list(telephony, Rows::telephony));
                    return items;
                }));
    }

    private Summary summary(Period period, Row calls, Row turns, Row events, Row sound, List<CostItem> items) {
        long total = calls.getLong("total");
        long ended = calls.getLong("ended");
        long successful = calls.getLong("successful");
        var cost = CostRules.cost(items, prices);
        return new Summary(
                period.from(),
                period.to(),
                period.direction() == null ? null : period.direction().name(),
                period.assistantId(),
                new Calls(total, total - ended, ended, successful),
                ended == 0
                        ? null
                        : BigDecimal.valueOf(successful).divide(BigDecimal.valueOf(ended), 4, RoundingMode.HALF_UP),
                calls.getLong("talk_time_ms"),
                new FirstAudio(
                        turns.getLong("answers"), turns.getLong("p50"), turns.getLong("p95"), turns.getLong("p99")),
                turns.getLong("turns"),
                events.getLong("barge_ins"),
                new ToolCalls(
                        events.getLong("tools"),
                        events.getLong("ok"),
                        events.getLong("failed"),
                        events.getLong("refused")),
                new Sound(sound.getLong("rated"), sound.getBigDecimal("average"), sound.getBigDecimal("p5")),
                tokens(items),
                new CostOfCalls(
                        cost.totals(),
                        total == 0
                                ? List.of()
                                : cost.totals().stream()
                                        .map(money -> CostRules.perCall(money, total))
                                        .toList(),
                        cost.lines(),
                        cost.unpriced(),
                        prices.asOf()));
    }

    private static Tokens tokens(List<CostItem> items) {
        return items.stream()
                .map(item -> item instanceof CostItem.Model used ? used.tokens() : Tokens.NONE)
                .reduce(Tokens.NONE, Tokens::plus);
    }

    private static Row only(RowSet<Row> rows) {
        return rows.iterator().next();
    }

    private static Uni<RowSet<Row>> read(SqlConnection connection, String sql, List<@Nullable Object> values) {
        return connection.preparedQuery(sql).execute(Tuple.tuple(values));
    }
}
