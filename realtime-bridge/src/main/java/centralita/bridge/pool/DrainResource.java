package centralita.bridge.pool;

import centralita.bridge.session.Calls;
import centralita.edge.security.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes this bridge out of service. */
@Path("/drain")
@Produces(MediaType.APPLICATION_JSON)
public class DrainResource {
    private final PoolMember member;
    private final Calls calls;

    DrainResource(PoolMember member, Calls calls) {
        this.member = member;
        this.calls = calls;
    }

    /** @param active calls that go on @param reserved calls that were prepared */
    public record Draining(String bridgeId, int active, int reserved) {}

    /**
     * From now on no new calls, and those that are here are given away; asking again tells how many are left. On a worker
     * thread: what the framework loads for a first request must not stop the audio.
     */
    @POST
    @Blocking
    @RolesAllowed({Roles.ADMIN, Roles.SERVICE})
    @Operation(
            summary = "Take no new calls",
            description =
                    "Calls that are here are given to other bridges, each at its next turn boundary. There is no way back.")
    public Draining drain() {
        member.drain();
        return new Draining(member.bridgeId(), calls.active(), calls.reserved());
    }
}
