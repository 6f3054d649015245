package centralita.edge.problem;

import centralita.edge.problem.Problem.FieldError;
import io.opentelemetry.api.trace.Span;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Makes problems and the answers that carry them. Thread-safe; call it on the thread whose span is the request's. */
public final class Problems {
    private static final String TYPE = "urn:centralita:problem:";

    private Problems() {}

    /** @param path of the request; null when there is none */
    public static Problem of(int status, String code, String detail, @Nullable String path, List<FieldError> errors) {
        return new Problem(
                TYPE + code.toLowerCase(Locale.ROOT).replace('_', '-'),
                title(status),
                status,
                detail,
                path,
                code,
                currentTraceId(),
                errors);
    }

    static RestResponse<Problem> answer(Problem problem) {
        return RestResponse.ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE)
                .build();
    }

    static RestResponse<Problem> answer(ProblemException refusal, UriInfo request) {
        var problem = of(refusal.status(), refusal.code(), refusal.detail(), request.getPath(), refusal.errors());
        var answer = RestResponse.ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE);
        refusal.headers().forEach(answer::header);
        return answer.build();
    }

    /** The code of a refusal that has no better one. */
    static String codeOf(int status) {
        return switch (status) {
            case 400 -> "BAD_REQUEST";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 406 -> "NOT_ACCEPTABLE";
            case 409 -> "CONFLICT";
            case 412 -> "PRECONDITION_FAILED";
            case 413 -> "CONTENT_TOO_LARGE";
            case 415 -> "UNSUPPORTED_MEDIA_TYPE";
            case 422 -> "INVALID_CONTENT";
            case 429 -> "TOO_MANY_REQUESTS";
            case 431 -> "HEADERS_TOO_LARGE";
            case 503 -> "UNAVAILABLE";
            default -> status < 500 ? "REFUSED" : "UNEXPECTED";
        };
    }

    /** What the asker of a refusal that has no better words may do next. */
    static String detailOf(int status) {
        return switch (status) {
            case 400 -> "The request cannot be understood.";
            case 401 -> "Send a valid token: Authorization: Bearer …";
            case 403 -> "The token's roles do not allow this.";
            case 404 -> "There is nothing at this path.";
            case 405 -> "This path does not know this method: see the OpenAPI page.";
            case 406 -> "Ask for application/json.";
            case 413 -> "The body is longer than allowed.";
            case 415 -> "Send application/json.";
            case 503 -> "Something that this needs is away: try again later.";
            default ->
                status < 500
                        ? "The request was refused."
                        : "Something went wrong on our side. Tell the operator the traceId.";
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Not understood";
            case 401 -> "Not authenticated";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 409 -> "Not in this state";
            case 412 -> "Changed meanwhile";
            case 413 -> "Too long";
            case 422 -> "Content not valid";
            case 428 -> "State not named";
            case 429 -> "Too many requests";
            case 503 -> "Not available now";
            default -> status < 500 ? "Refused" : "Failed";
        };
    }

    private static @Nullable String currentTraceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
