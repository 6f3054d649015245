package centralita.orchestrator.number;

import centralita.database.OpenOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stores which assistant answers which number of ours. */
@ApplicationScoped
public class NumberRepository {
    /** In place of a number: all that are not named. */
    public static final String ALL_OTHERS = "*";

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Pool pool;

    NumberRepository(Pool pool) {
        this.pool = pool;
    }

    /** All of them. */
    public Uni<List<AnsweredNumber>> all() {
        return pool.query("select number, assistant_id from number order by number")
                .execute()
                .map(NumberRepository::numbers);
    }

    Uni<List<AnsweredNumber>> list(@Nullable String after, int limit) {
        return pool.preparedQuery("select number, assistant_id from number where number > $1 order by number limit $2")
                .execute(Tuple.of(after == null ? "" : after, limit))
                .map(NumberRepository::numbers);
    }

    Uni<Optional<AnsweredNumber>> get(String number) {
        return pool.preparedQuery("select number, assistant_id from number where number = $1")
                .execute(Tuple.of(number))
                .map(rows -> numbers(rows).stream().findFirst());
    }

    /** @return false when there is no such assistant */
    Uni<Boolean> put(AnsweredNumber number) {
        var write = pool.preparedQuery("insert into number (number, assistant_id) values ($1, $2)"
                        + " on conflict (number) do update set assistant_id = excluded.assistant_id")
                .execute(Tuple.of(number.number(), number.assistantId()))
                .replaceWith(true)
                .onFailure(failure ->
                        failure instanceof PgException refusal && FOREIGN_KEY_VIOLATION.equals(refusal.getSqlState()))
                .recoverWithItem(false);
        return OpenOutcome.settled(write, () -> write);
    }

    public Uni<Void> putIfAbsent(String number, String assistantId) {
        return pool.preparedQuery("insert into number (number, assistant_id) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(number, assistantId))
                .replaceWithVoid();
    }

    /** @return false when it was not there */
    Uni<Boolean> delete(String number) {
        var write = pool.preparedQuery("delete from number where number = $1")
                .execute(Tuple.of(number))
                .map(rows -> rows.rowCount() > 0);
        return OpenOutcome.settled(
                write,
                () -> get(number)
                        .chain(left -> left.isEmpty() ? Uni.createFrom().item(true) : write));
    }

    private static List<AnsweredNumber> numbers(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new AnsweredNumber(row.getString("number"), row.getString("assistant_id")))
                .toList();
    }
}
