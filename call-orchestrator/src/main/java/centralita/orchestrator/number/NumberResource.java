package centralita.orchestrator.number;

import centralita.contracts.phone.PhoneNumber;
import centralita.edge.paging.Cursor;
import centralita.edge.paging.Page;
import centralita.edge.paging.PageLimit;
import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Our numbers and who answers them. */
@Path("/numbers")
@RolesAllowed({Roles.ADMIN, Roles.CAMPAIGN_MANAGER, Roles.AGENT, Roles.ANALYST, Roles.SERVICE})
public class NumberResource {
    private static final String ORDER = "number";

    private final NumberRepository numbers;
    private final NumberPublication publication;

    NumberResource(NumberRepository numbers, NumberPublication publication) {
        this.numbers = numbers;
        this.publication = publication;
    }

    /** @param assistantId who answers from the next call on */
    public record Assignment(@Nullable String assistantId) {}

    @GET
    @Operation(summary = "Numbers and the assistants that answer them")
    public Uni<RestResponse<Page<AnsweredNumber>>> list(
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo request) {
        var size = PageLimit.of(limit);
        var after =
                cursor == null ? null : Cursor.decode(cursor, ORDER, 1).keys().getFirst();
        return numbers.list(after, size + 1)
                .map(rows -> Page.of(rows, size, last -> new Cursor(ORDER, List.of(last.number())))
                        .answer(request));
    }

    @GET
    @Path("/{number}")
    @Operation(summary = "Who answers a number; * for all that are not named")
    public Uni<AnsweredNumber> get(@PathParam("number") String number) {
        return numbers.get(number).map(found -> found.orElseThrow(() -> ProblemException.notFound("number")));
    }

    @PUT
    @Path("/{number}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Lets an assistant answer a number, or * for all that are not named")
    public Uni<AnsweredNumber> put(@PathParam("number") String number, @Nullable Assignment assignment) {
        if (!number.equals(NumberRepository.ALL_OTHERS)
                && PhoneNumber.of(number).isEmpty()) {
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER",
                    "Some of the content is not valid: see errors.",
                    new FieldError("path:number", "INVALID", "E.164, or * for all that are not named"));
        }
        if (assignment == null || assignment.assistantId() == null) {
            throw ProblemException.unprocessable(List.of(new FieldError("/assistantId", "MISSING", "a value")));
        }
        var answered = new AnsweredNumber(number, assignment.assistantId());
        return numbers.put(answered)
                .invoke(known -> {
                    if (!known) {
                        throw ProblemException.unprocessable(
                                List.of(new FieldError("/assistantId", "UNKNOWN", "an assistant that exists")));
                    }
                })
                .call(() -> publication.publish(answered))
                .replaceWith(answered);
    }

    @DELETE
    @Path("/{number}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Leaves a number to the assistant of *")
    public Uni<Void> delete(@PathParam("number") String number) {
        return numbers.delete(number)
                .invoke(there -> {
                    if (!there) {
                        throw ProblemException.notFound("number");
                    }
                })
                .call(() -> publication.withdraw(number))
                .replaceWithVoid();
    }
}
