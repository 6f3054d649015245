package centralita.orchestrator.callback;

import centralita.contracts.id.UuidV7;
import centralita.edge.paging.Cursor;
import centralita.edge.paging.Page;
import centralita.edge.paging.PageLimit;
import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import centralita.orchestrator.callback.Callback.Status;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** Who is to be called back. */
@Path("/callbacks")
@RolesAllowed({Roles.ADMIN, Roles.AGENT, Roles.SERVICE})
public class CallbackResource {
    private static final String ORDER = "-requestedAt";

    private final CallbackRepository callbacks;

    CallbackResource(CallbackRepository callbacks) {
        this.callbacks = callbacks;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.AGENT, Roles.ANALYST, Roles.SERVICE})
    @Operation(summary = "Callbacks, newest first; of numbers the last two digits")
    public Uni<RestResponse<Page<Callback>>> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo request) {
        var size = PageLimit.of(limit);
        var after = cursor == null ? null : lastSeen(cursor);
        return callbacks
                .list(status == null ? null : status(status), after, size + 1)
                .map(rows -> Page.of(
                                rows,
                                size,
                                last -> new Cursor(
                                        ORDER, List.of(last.callbackId().toString())))
                        .answer(request));
    }

    @POST
    @Path("/{callbackId}/done")
    @Operation(summary = "He was called; may be said again")
    public Uni<Callback> done(@PathParam("callbackId") String callbackId) {
        return close(callbackId, Status.DONE);
    }

    @POST
    @Path("/{callbackId}/cancel")
    @Operation(summary = "He will not be called; may be said again")
    public Uni<Callback> cancel(@PathParam("callbackId") String callbackId) {
        return close(callbackId, Status.CANCELLED);
    }

    private Uni<Callback> close(String callbackId, Status to) {
        return id(callbackId)
                .map(known -> callbacks.close(known, to))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(found -> {
                    var callback = found.orElseThrow(() -> ProblemException.notFound("callback"));
                    if (callback.status() != to) {
                        throw ProblemException.conflict(
                                "CALLBACK_CLOSED",
                                "It was closed before, and not like this: " + callback.status() + ".");
                    }
                    return callback;
                });
    }

    private static Status status(String word) {
        for (var status : Status.values()) {
            if (status.name().equals(word)) {
                return status;
            }
        }
        throw ProblemException.badRequest(
                "INVALID_PARAMETER",
                "Some of the content is not valid: see errors.",
                new FieldError("query:status", "INVALID", "BOOKED, DONE or CANCELLED"));
    }

    private static UUID lastSeen(String cursor) {
        return id(Cursor.decode(cursor, ORDER, 1).keys().getFirst()).orElseThrow(Cursor::invalid);
    }

    /** An id that is no id and an id of no callback get the same answer (TH-32). */
    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UuidV7.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
