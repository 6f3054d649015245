package centralita.edge.problem;

import centralita.edge.problem.Problem.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that its thrower has already put into words for the asker. It has no stack trace: nothing is broken.
 *
 * <p>For what a request may meet, there is one factory each, so that one thing has one status everywhere.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    private ProblemException(
            int status, String code, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    /** 400: the request cannot be understood. */
    public static ProblemException badRequest(String code, String detail, FieldError... errors) {
        return new ProblemException(400, code, detail, List.of(errors), Map.of());
    }

    /** 404, the same words for what does not exist and what this asker may not know of. @param thing as {@code call} */
    public static ProblemException notFound(String thing) {
        return new ProblemException(404, "NOT_FOUND", "There is no such " + thing + ".", List.of(), Map.of());
    }

    /** 409: the request is sound, but not in the present state. */
    public static ProblemException conflict(String code, String detail) {
        return new ProblemException(409, code, detail, List.of(), Map.of());
    }

    /** 412: {@code If-Match} names another state than the present one. */
    public static ProblemException preconditionFailed(@Nullable String currentEntityTag) {
        return new ProblemException(
                412,
                "PRECONDITION_FAILED",
                "It was changed by somebody else. Read it again and repeat the change with its new ETag.",
                List.of(),
                currentEntityTag == null ? Map.of() : Map.of("ETag", currentEntityTag));
    }

    /** 428: a change must name the state that it changes. */
    public static ProblemException preconditionRequired() {
        return new ProblemException(
                428,
                "PRECONDITION_REQUIRED",
                "Name the state that you change: the ETag of the last read as If-Match.",
                List.of(),
                Map.of());
    }

    /** 422: every part is readable, and some of it cannot be. @param errors at least one */
    public static ProblemException unprocessable(List<FieldError> errors) {
        return new ProblemException(
                422, "INVALID_CONTENT", "Some of the content is not valid: see errors.", errors, Map.of());
    }

    /** 422 with its own code. */
    public static ProblemException unprocessable(String code, String detail) {
        return new ProblemException(422, code, detail, List.of(), Map.of());
    }

    /** 429. */
    public static ProblemException tooManyRequests(Duration retryAfter) {
        return new ProblemException(
                429,
                "TOO_MANY_REQUESTS",
                "Too many requests: wait as long as Retry-After says.",
                List.of(),
                retryAfter(retryAfter));
    }

    /** 503: something that we need is away. */
    public static ProblemException unavailable(Duration retryAfter) {
        return new ProblemException(
                503,
                "UNAVAILABLE",
                "Something that this needs is away: wait as long as Retry-After says.",
                List.of(),
                retryAfter(retryAfter));
    }

    private static Map<String, String> retryAfter(Duration wait) {
        return Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** What the asker is told. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
