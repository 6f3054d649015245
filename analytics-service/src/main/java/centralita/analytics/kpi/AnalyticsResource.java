package centralita.analytics.kpi;

import centralita.contracts.id.UuidV7;
import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Figures for those who look after the calls. Facts arrive a moment after they happen. */
@Path("/analytics")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ANALYST, Roles.ADMIN})
@Tag(name = "Analytics", description = "Facts about calls, their latencies and what they cost.")
public class AnalyticsResource {
    private final KpiRepository figures;
    private final CallFactsRepository calls;
    private final Clock clock = Clock.systemUTC();

    AnalyticsResource(KpiRepository figures, CallFactsRepository calls) {
        this.figures = figures;
        this.calls = calls;
    }

    @GET
    @Path("/summary")
    @Operation(
            operationId = "summary",
            summary = "Figures over the calls of a period",
            description = "A call belongs to the period of its first event. It is successful when it was answered and"
                    + " ended by one of the two, nothing of ours failed it, and the assistant spoke at least once;"
                    + " successRate is over ended calls. What has no price in the table is listed as unpriced and"
                    + " missing in the totals.")
    public Uni<Summary> summary(
            @Parameter(description = "First moment that counts, ISO 8601 UTC; a day before to, if left out")
                    @RestQuery
                    @Nullable
                    String from,
            @Parameter(description = "First moment that no longer counts; now, if left out") @RestQuery @Nullable
                    String to,
            @Parameter(description = "INBOUND or OUTBOUND; both, if left out") @RestQuery @Nullable String direction,
            @Parameter(description = "All assistants, if left out") @RestQuery @Nullable String assistantId) {
        return figures.summary(Period.of(from, to, direction, assistantId, clock.instant()));
    }

    @GET
    @Path("/calls/{callId}")
    @Operation(
            operationId = "callFacts",
            summary = "All facts of one call",
            description =
                    "Its cost by item, its turns with their latencies, barge-ins, tools, usage and media streams.")
    public Uni<CallFacts> call(@RestPath String callId) {
        return calls.find(id(callId)).map(found -> found.orElseThrow(() -> ProblemException.notFound("call")));
    }

    private static UUID id(String text) {
        try {
            return UuidV7.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER",
                    "Some of the content is not valid: see errors.",
                    new FieldError("path:callId", "INVALID", "a callId, as events and lists have it"));
        }
    }
}
