package centralita.edge;

import centralita.edge.paging.Cursor;
import centralita.edge.paging.Page;
import centralita.edge.paging.PageLimit;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import centralita.edge.trace.PropagatedTrace;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestResponse;

/** Something with an edge to test. */
@Path("/things")
public class ThingResource {
    /** A body with every kind of field that can be wrong. */
    public record Thing(@NotBlank String name, @Max(10) int size, List<@Valid Part> parts) {
        public record Part(@NotBlank String label) {}
    }

    @POST
    public Thing create(@Valid Thing thing) {
        return thing;
    }

    @GET
    public RestResponse<Page<Integer>> list(
            @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor, @Context UriInfo request) {
        var size = PageLimit.of(limit);
        var after = cursor == null
                ? 0
                : Integer.parseInt(Cursor.decode(cursor, "number", 1).keys().get(0));
        var rows = IntStream.rangeClosed(after + 1, 5).limit(size + 1).boxed().toList();
        return Page.of(rows, size, last -> new Cursor("number", List.of(last.toString())))
                .answer(request);
    }

    @GET
    @Path("/limited")
    public int limited(@QueryParam("size") @Max(10) int size) {
        return size;
    }

    @GET
    @Path("/changed")
    public void changed() {
        throw ProblemException.preconditionFailed("\"3\"");
    }

    @GET
    @Path("/broken")
    public void broken() {
        throw new IllegalStateException("secret-of-the-house");
    }

    @GET
    @Path("/guarded")
    @RolesAllowed(Roles.ADMIN)
    public String guarded() {
        return "in";
    }

    @GET
    @Path("/trace")
    public String trace() {
        return PropagatedTrace.current();
    }
}
