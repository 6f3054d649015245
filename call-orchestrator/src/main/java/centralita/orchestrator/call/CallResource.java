package centralita.orchestrator.call;

import centralita.contracts.id.UuidV7;
import centralita.edge.paging.Cursor;
import centralita.edge.paging.Page;
import centralita.edge.paging.PageLimit;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import centralita.orchestrator.call.Calls.Details;
import centralita.orchestrator.call.Calls.Summary;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What is known of calls. */
@Path("/calls")
@RolesAllowed({Roles.ADMIN, Roles.AGENT, Roles.ANALYST, Roles.SERVICE})
public class CallResource {
    private final CallQueries queries;
    private final SecurityIdentity asker;

    CallResource(CallQueries queries, SecurityIdentity asker) {
        this.queries = queries;
        this.asker = asker;
    }

    @GET
    @Operation(summary = "Calls, newest first")
    public Uni<RestResponse<Page<Summary>>> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("direction") @Nullable String direction,
            @QueryParam("assistantId") @Nullable String assistantId,
            @QueryParam("callSid") @Nullable String callSid,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo request) {
        var size = PageLimit.of(limit);
        var filter = CallFilter.parse(state, outcome, direction, assistantId, callSid, from, to, sort);
        var after = cursor == null ? null : lastSeen(cursor, filter.order());
        return queries.list(filter, after, size + 1)
                .map(rows -> Page.of(
                                rows,
                                size,
                                last -> new Cursor(
                                        filter.order(), List.of(last.callId().toString())))
                        .answer(request));
    }

    /** An id that is no id and an id of no call get the same answer (TH-32). */
    @GET
    @Path("/{callId}")
    @Operation(summary = "One call with timeline, turns, tools, usage and, for those who may read it, transcript")
    public Uni<Details> get(@PathParam("callId") String callId) {
        var mayRead = asker.hasRole(Roles.ADMIN) || asker.hasRole(Roles.AGENT);
        return id(callId)
                .map(known -> queries.details(known, mayRead))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(details -> details.orElseThrow(() -> ProblemException.notFound("call")));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UuidV7.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static UUID lastSeen(String cursor, String order) {
        return id(Cursor.decode(cursor, order, 1).keys().getFirst()).orElseThrow(Cursor::invalid);
    }
}
