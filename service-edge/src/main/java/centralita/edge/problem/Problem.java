package centralita.edge.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code application/problem+json}.
 *
 * @param type {@code urn:centralita:problem:} and the code in lower case with hyphens
 * @param title what kind of problem, the same words every time
 * @param status the HTTP status
 * @param detail what is wrong this time and what to do next; never a secret, a number or a name of our classes
 * @param instance the path that was asked for
 * @param code stable, upper snake case: what a program may decide by
 * @param traceId of the trace that holds the rest of the story; null when there is none
 * @param errors what is wrong with which part of the request; empty for none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable String traceId,
        List<FieldError> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One wrong part of a request.
     *
     * @param pointer RFC 6901 into the body, or {@code query:name}, {@code path:name}, {@code header:name}
     * @param code stable, upper snake case
     * @param detail what is expected
     */
    public record FieldError(String pointer, String code, String detail) {}
}
