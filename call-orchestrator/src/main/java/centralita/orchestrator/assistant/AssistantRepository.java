package centralita.orchestrator.assistant;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import centralita.database.OpenOutcome;
import centralita.edge.problem.ProblemException;
import centralita.orchestrator.assistant.rules.AssistantDraft;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stores assistants: every change is a new version, and no version ever changes. */
@ApplicationScoped
public class AssistantRepository {
    private static final String CURRENT = """
            select profile::text as profile from assistant
            join assistant_version using (assistant_id)
            where version = current_version""";

    private final Pool pool;

    AssistantRepository(Pool pool) {
        this.pool = pool;
    }

    /** The current version of every assistant. */
    public Uni<List<AssistantProfile>> all() {
        return pool.query(CURRENT + " order by assistant_id").execute().map(AssistantRepository::profiles);
    }

    /** @param after the last assistantId seen; null from the beginning */
    Uni<List<AssistantProfile>> list(@Nullable String after, int limit) {
        return pool.preparedQuery(CURRENT + " and assistant_id > $1 order by assistant_id limit $2")
                .execute(Tuple.of(after == null ? "" : after, limit))
                .map(AssistantRepository::profiles);
    }

    Uni<Optional<AssistantProfile>> current(String assistantId) {
        return pool.preparedQuery(CURRENT + " and assistant_id = $1")
                .execute(Tuple.of(assistantId))
                .map(rows -> profiles(rows).stream().findFirst());
    }

    Uni<Optional<AssistantProfile>> version(String assistantId, int version) {
        return pool.preparedQuery("select profile::text as profile from assistant_version"
                        + " where assistant_id = $1 and version = $2")
                .execute(Tuple.of(assistantId, version))
                .map(rows -> profiles(rows).stream().findFirst());
    }

    /**
     * Adds the first version.
     *
     * @return empty when the assistant is there already
     */
    public Uni<Optional<AssistantProfile>> create(String assistantId, AssistantDraft draft) {
        var profile = draft.toProfile(assistantId, 1);
        var write = pool.withTransaction(connection -> connection
                .preparedQuery(
                        "insert into assistant (assistant_id, current_version) values ($1, 1) on conflict do nothing")
                .execute(Tuple.of(assistantId))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(Optional.<AssistantProfile>empty())
                        : insert(connection, profile).replaceWith(Optional.of(profile))));
        return OpenOutcome.settled(
                write,
                () -> isStored(profile)
                        .chain(stored -> stored ? Uni.createFrom().item(Optional.of(profile)) : write));
    }

    /**
     * Adds the next version.
     *
     * @param expected the version that the author read
     * @throws ProblemException (as failure) 412 when there is a newer one
     */
    Uni<AssistantProfile> replace(String assistantId, int expected, AssistantDraft draft) {
        var profile = draft.toProfile(assistantId, expected + 1);
        var write = pool.withTransaction(connection -> connection
                .preparedQuery("update assistant set current_version = $3"
                        + " where assistant_id = $1 and current_version = $2")
                .execute(Tuple.of(assistantId, expected, expected + 1))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().failure(ProblemException.preconditionFailed(null))
                        : insert(connection, profile).replaceWith(profile)));
        return OpenOutcome.settled(
                write,
                () -> isStored(profile)
                        .chain(stored -> stored ? Uni.createFrom().item(profile) : write));
    }

    /** Whether this very version is there: no other write makes it. */
    private Uni<Boolean> isStored(AssistantProfile profile) {
        return version(profile.assistantId(), profile.version())
                .map(found -> found.filter(profile::equals).isPresent());
    }

    private static Uni<?> insert(SqlConnection connection, AssistantProfile profile) {
        return connection
                .preparedQuery("insert into assistant_version (assistant_id, version, profile) values ($1, $2, $3)")
                .execute(Tuple.of(
                        profile.assistantId(), profile.version(), new JsonObject(ContractsJson.write(profile))));
    }

    private static List<AssistantProfile> profiles(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> ContractsJson.read(row.getString("profile"), AssistantProfile.class))
                .toList();
    }
}
