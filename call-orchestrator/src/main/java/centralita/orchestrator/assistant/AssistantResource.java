package centralita.orchestrator.assistant;

import centralita.contracts.assistant.AssistantProfile;
import centralita.edge.paging.Cursor;
import centralita.edge.paging.Page;
import centralita.edge.paging.PageLimit;
import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import centralita.orchestrator.assistant.rules.AssistantDraft;
import centralita.orchestrator.assistant.rules.AssistantRules;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Assistants: read by many, written by few. */
@Path("/assistants")
@RolesAllowed({Roles.ADMIN, Roles.CAMPAIGN_MANAGER, Roles.AGENT, Roles.ANALYST, Roles.SERVICE})
public class AssistantResource {
    private static final String ORDER = "assistantId";
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([0-9]{1,9})\"");

    private final AssistantRepository assistants;
    private final AssistantPublication publication;

    AssistantResource(AssistantRepository assistants, AssistantPublication publication) {
        this.assistants = assistants;
        this.publication = publication;
    }

    @GET
    @Operation(summary = "Assistants in their current version")
    public Uni<RestResponse<Page<AssistantProfile>>> list(
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context UriInfo request) {
        var size = PageLimit.of(limit);
        var after =
                cursor == null ? null : Cursor.decode(cursor, ORDER, 1).keys().getFirst();
        return assistants
                .list(after, size + 1)
                .map(rows -> Page.of(rows, size, last -> new Cursor(ORDER, List.of(last.assistantId())))
                        .answer(request));
    }

    @GET
    @Path("/{assistantId}")
    @Operation(summary = "The version that answers new calls; its ETag is for the next PUT")
    public Uni<RestResponse<AssistantProfile>> get(@PathParam("assistantId") String assistantId) {
        return assistants.current(assistantId).map(AssistantResource::found);
    }

    @GET
    @Path("/{assistantId}/versions/{version}")
    @Operation(summary = "One version, as it was and will be")
    public Uni<RestResponse<AssistantProfile>> version(
            @PathParam("assistantId") String assistantId, @PathParam("version") int version) {
        return assistants.version(assistantId, version).map(AssistantResource::found);
    }

    /** Calls that are underway keep the version that they began with. */
    @PUT
    @Path("/{assistantId}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Creates an assistant, or adds its next version (If-Match: the ETag of the last read)")
    public Uni<RestResponse<AssistantProfile>> put(
            @PathParam("assistantId") String assistantId,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Nullable AssistantDraft draft) {
        var checked = check(assistantId, draft);
        return ifMatch == null
                ? create(assistantId, "*".equals(ifNoneMatch), checked)
                : replace(assistantId, expected(ifMatch), checked);
    }

    private Uni<RestResponse<AssistantProfile>> create(String assistantId, boolean onlyIfAbsent, AssistantDraft draft) {
        return assistants
                .create(assistantId, draft)
                .map(created -> created.orElseThrow(() -> onlyIfAbsent
                        ? ProblemException.preconditionFailed(null)
                        : ProblemException.preconditionRequired()))
                .call(publication::publish)
                .map(profile -> answer(RestResponse.Status.CREATED, profile));
    }

    private Uni<RestResponse<AssistantProfile>> replace(String assistantId, int expected, AssistantDraft draft) {
        return assistants
                .current(assistantId)
                .invoke(current -> {
                    // If-Match of something that is not there is a failed precondition (RFC 9110, 13.1.1).
                    if (current.isEmpty() || current.get().version() != expected) {
                        throw ProblemException.preconditionFailed(
                                current.map(AssistantResource::entityTag).orElse(null));
                    }
                })
                .chain(() -> assistants.replace(assistantId, expected, draft))
                .call(publication::publish)
                .map(profile -> answer(RestResponse.Status.OK, profile));
    }

    private static AssistantDraft check(String assistantId, @Nullable AssistantDraft draft) {
        if (!AssistantRules.isAssistantId(assistantId)) {
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER",
                    "Some of the content is not valid: see errors.",
                    new FieldError(
                            "path:assistantId", "INVALID", "lower-case words with hyphens, at most 64 characters"));
        }
        if (draft == null) {
            throw ProblemException.badRequest("MALFORMED_JSON", "The body is empty: send an assistant.");
        }
        var wrongs = AssistantRules.check(draft);
        if (!wrongs.isEmpty()) {
            throw ProblemException.unprocessable(wrongs.stream()
                    .map(wrong -> new FieldError(wrong.pointer(), wrong.code(), wrong.expected()))
                    .toList());
        }
        return draft;
    }

    private static int expected(String ifMatch) {
        var tag = ENTITY_TAG.matcher(ifMatch.strip());
        // A tag that is not one of ours names a state that never was.
        return tag.matches() ? Integer.parseInt(tag.group(1)) : -1;
    }

    private static RestResponse<AssistantProfile> found(Optional<AssistantProfile> profile) {
        return answer(RestResponse.Status.OK, profile.orElseThrow(() -> ProblemException.notFound("assistant")));
    }

    private static RestResponse<AssistantProfile> answer(RestResponse.Status status, AssistantProfile profile) {
        return RestResponse.ResponseBuilder.create(status, profile)
                .header("ETag", entityTag(profile))
                .build();
    }

    private static String entityTag(AssistantProfile profile) {
        return "\"" + profile.version() + "\"";
    }
}
