package centralita.gateway.call;

import centralita.edge.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes this gateway out of service. */
@Path("/drain")
@Produces(MediaType.APPLICATION_JSON)
public class DrainResource {
    private final Drain drain;

    DrainResource(@Readiness Drain drain) {
        this.drain = drain;
    }

    /** @param streams that are open */
    public record Draining(int streams) {}

    /**
     * From now on not ready; asking again tells how many streams are left. On a worker thread: what the framework loads for a
     * first request must not stop the audio.
     */
    @POST
    @Blocking
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Give all streams to other gateways",
            description =
                    "Each stream is closed at a quiet moment and the provider asks another gateway what comes next; the"
                            + " call goes on there. There is no way back.")
    public Draining drain() {
        drain.begin();
        return new Draining(drain.streams());
    }
}
