package centralita.orchestrator.call;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.call.Tokens;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.MaskedNumber;
import centralita.contracts.transcript.TranscriptFact;
import centralita.orchestrator.call.Calls.Details;
import centralita.orchestrator.call.Calls.Moment;
import centralita.orchestrator.call.Calls.State;
import centralita.orchestrator.call.Calls.Summary;
import centralita.orchestrator.call.Calls.Transcript;
import centralita.orchestrator.call.Calls.Usage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads calls. */
@ApplicationScoped
class CallQueries {
    /** All columns named, so that a new one changes no result. */
    private static final String SUMMARY = """
            select call_id, state, state_since, direction, call_sid, from_hash, from_last_two, to_hash, to_last_two,
                   assistant_id, assistant_version, language, campaign_id, answered_at, ended_at, outcome, end_reason,
                   talk_time_ms
            from call""";

    private final Pool pool;

    CallQueries(Pool pool) {
        this.pool = pool;
    }

    /** @param limit rows at most; ask for one more than a page has */
    Uni<List<Summary>> list(CallFilter filter, @Nullable UUID after, int limit) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>();
        filter.addTo(conditions, values);
        if (after != null) {
            values.add(after);
            conditions.add("call_id " + (filter.newestFirst() ? "<" : ">") + " $" + values.size());
        }
        values.add(limit);
        var sql = SUMMARY
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + " order by call_id" + (filter.newestFirst() ? " desc" : "")
                + " limit $" + values.size();
        return pool.preparedQuery(sql)
                .execute(Tuple.from(values))
                .map(rows -> stream(rows).map(CallQueries::summary).toList());
    }

    /** @param withTranscript whether the asker may read what was said; empty for a call that is not there */
    Uni<Optional<Details>> details(UUID callId, boolean withTranscript) {
        return pool.preparedQuery(SUMMARY + " where call_id = $1")
                .execute(Tuple.of(callId))
                .chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().item(Optional.<Details>empty());
                    }
                    var call = summary(rows.iterator().next());
                    return events(callId)
                            .chain(timeline -> withTranscript
                                    ? transcript(callId).map(said -> Optional.of(details(call, timeline, said)))
                                    : Uni.createFrom().item(Optional.of(details(call, timeline, null))));
                });
    }

    private Uni<List<Moment>> events(UUID callId) {
        return pool.preparedQuery("select time, type, source, data::text as data from call_event where call_id = $1"
                        + " order by time, event_id")
                .execute(Tuple.of(callId))
                .map(rows -> stream(rows)
                        .map(row -> new Moment(
                                row.getOffsetDateTime("time").toInstant(),
                                row.getString("type"),
                                row.getString("source"),
                                ContractsJson.read(row.getString("data"), JsonNode.class)))
                        .toList());
    }

    private Uni<Transcript> transcript(UUID callId) {
        return pool.preparedQuery("select kind, data::text as data from transcript where call_id = $1"
                        + " order by start_ms, event_id")
                .execute(Tuple.of(callId))
                .map(rows -> {
                    var all = stream(rows).toList();
                    return new Transcript(
                            of(all, "said", TranscriptFact.Said.class),
                            of(all, "tool", TranscriptFact.ToolUsed.class),
                            of(all, "digits", TranscriptFact.Digits.class),
                            of(all, "context", TranscriptFact.Context.class).stream()
                                    .findFirst()
                                    .orElse(null));
                });
    }

    private static Details details(Summary call, List<Moment> timeline, @Nullable Transcript transcript) {
        return new Details(
                call,
                timeline,
                facts(timeline, "centralita.call.turn.v1", CallFact.Turn.class),
                facts(timeline, "centralita.call.tool-called.v1", CallFact.ToolCalled.class),
                usage(timeline),
                transcript);
    }

    private static List<Usage> usage(List<Moment> timeline) {
        var sums = new LinkedHashMap<String, Usage>();
        for (var usage : facts(timeline, "centralita.call.model-usage.v1", CallFact.ModelUsage.class)) {
            add(sums, new Usage(usage.provider(), usage.model(), usage.tokens(), 0));
        }
        for (var usage : facts(timeline, "centralita.call.transcription-usage.v1", CallFact.TranscriptionUsage.class)) {
            add(sums, new Usage(usage.provider(), usage.model(), usage.tokens(), usage.seconds()));
        }
        return List.copyOf(sums.values());
    }

    private static void add(LinkedHashMap<String, Usage> sums, Usage usage) {
        sums.merge(
                usage.provider() + ' ' + usage.model(),
                usage,
                (one, other) -> new Usage(
                        one.provider(),
                        one.model(),
                        sum(one.tokens(), other.tokens()),
                        one.transcriptionSeconds() + other.transcriptionSeconds()));
    }

    private static Tokens sum(Tokens one, Tokens other) {
        return one.plus(other);
    }

    private static <T> List<T> facts(List<Moment> timeline, String type, Class<T> fact) {
        return timeline.stream()
                .filter(moment -> moment.type().equals(type))
                .map(moment -> tree(moment.data(), fact))
                .toList();
    }

    private static <T> T tree(JsonNode data, Class<T> type) {
        try {
            return ContractsJson.mapper().treeToValue(data, type);
        } catch (JsonProcessingException e) {
            e.clearLocation();
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private static <T> List<T> of(List<Row> rows, String kind, Class<T> type) {
        return rows.stream()
                .filter(row -> row.getString("kind").equals(kind))
                .map(row -> ContractsJson.read(row.getString("data"), type))
                .toList();
    }

    private static Summary summary(Row row) {
        var callId = row.getUUID("call_id");
        var outcome = row.getString("outcome");
        var endReason = row.getString("end_reason");
        var direction = row.getString("direction");
        return new Summary(
                callId,
                Instant.ofEpochMilli(callId.getMostSignificantBits() >>> 16),
                State.valueOf(row.getString("state")),
                CallRow.instant(row, "state_since"),
                direction == null ? null : Direction.valueOf(direction),
                row.getString("call_sid"),
                number(row, "from"),
                number(row, "to"),
                row.getString("assistant_id"),
                row.getInteger("assistant_version"),
                row.getString("language"),
                row.getString("campaign_id"),
                CallRow.instant(row, "answered_at"),
                CallRow.instant(row, "ended_at"),
                outcome == null ? null : Outcome.valueOf(outcome),
                endReason == null ? null : EndReason.valueOf(endReason),
                row.getLong("talk_time_ms"));
    }

    private static @Nullable MaskedNumber number(Row row, String party) {
        var hash = row.getString(party + "_hash");
        return hash == null ? null : new MaskedNumber(hash, row.getString(party + "_last_two"));
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
