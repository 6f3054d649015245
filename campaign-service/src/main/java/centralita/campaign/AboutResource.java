package centralita.campaign;

import centralita.edge.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says what this service does, so that nobody waits for more. */
@Path("/campaigns/about")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CAMPAIGN_MANAGER, Roles.ADMIN})
@Tag(name = "Campaigns")
public class AboutResource {
    /** @param placesCalls whether campaigns place calls in this version */
    public record About(String service, boolean placesCalls, String detail) {}

    @GET
    @Operation(
            operationId = "aboutCampaigns",
            summary = "What this service does",
            description = "Campaigns are not part of this version: the service runs, and places no calls.")
    public About about() {
        return new About("campaign-service", false, "Campaigns are not part of this version: no calls are placed.");
    }
}
