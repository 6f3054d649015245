package centralita.analytics.kpi;

import centralita.analytics.cost.rules.CostItem;
import centralita.contracts.call.Tokens;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What several queries read in the same way. */
final class Rows {
    private Rows() {}

    static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static @Nullable Instant optionalInstant(Row row, String column) {
        return row.getValue(column) == null ? null : instant(row, column);
    }

    static Tokens tokens(Row row) {
        return new Tokens(
                row.getLong("text_in"),
                row.getLong("text_cached"),
                row.getLong("audio_in"),
                row.getLong("audio_cached"),
                row.getLong("text_out"),
                row.getLong("audio_out"));
    }

    /** @param row {@code day, kind, provider, model, seconds} and the columns of {@link #tokens} */
    static CostItem usage(Row row) {
        var day = row.getLocalDate("day");
        var provider = row.getString("provider");
        var model = row.getString("model");
        return row.getString("kind").equals("MODEL")
                ? new CostItem.Model(day, provider, model, tokens(row))
                : new CostItem.Transcription(day, provider, model, row.getBigDecimal("seconds"), tokens(row));
    }

    /** @param row {@code day, item, minutes} */
    static CostItem telephony(Row row) {
        return new CostItem.Telephony(row.getLocalDate("day"), row.getString("item"), row.getLong("minutes"));
    }
}
