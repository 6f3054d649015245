package centralita.edge.problem;

import centralita.edge.problem.Problem.FieldError;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns whatever leaves a REST method into a {@link Problem}. What is not expected is logged here and told to nobody. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public RestResponse<Problem> refused(ProblemException refusal, UriInfo request) {
        return Problems.answer(refusal, request);
    }

    /** Values of the right shape that are not allowed: 422 for the body, 400 for the address. */
    @ServerExceptionMapper
    public RestResponse<Problem> invalid(ConstraintViolationException violations, UriInfo request) {
        if (Violations.ofReturnValue(violations)) {
            // Our own answer broke our own rule: not the asker's doing.
            return unexpected(violations, request);
        }
        var errors = Violations.errors(violations);
        var status = errors.stream().allMatch(error -> error.pointer().startsWith("/")) ? 422 : 400;
        return Problems.answer(Problems.of(
                status,
                status == 422 ? "INVALID_CONTENT" : "INVALID_PARAMETER",
                "Some of the content is not valid: see errors.",
                request.getPath(),
                errors));
    }

    /** JSON of another shape than expected, unknown fields among it. */
    @ServerExceptionMapper
    public RestResponse<Problem> misshapen(MismatchedInputException mismatch, UriInfo request) {
        return json(mismatch, request);
    }

    /** JSON whose values a record's constructor refused. */
    @ServerExceptionMapper
    public RestResponse<Problem> misshapen(ValueInstantiationException refusal, UriInfo request) {
        return json(refusal, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unauthenticated(UnauthorizedException absent, UriInfo request) {
        return challenge(request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unauthenticated(AuthenticationFailedException failure, UriInfo request) {
        return challenge(request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> forbidden(ForbiddenException refusal, UriInfo request) {
        return standard(403, request);
    }

    /** What the framework refuses: unknown paths, methods, media types, unreadable bodies. */
    @ServerExceptionMapper
    public RestResponse<Problem> web(WebApplicationException refusal, UriInfo request) {
        if (refusal.getCause() instanceof JacksonException malformed) {
            return json(malformed, request);
        }
        var status = refusal.getResponse().getStatus();
        if (status < 400) {
            return RestResponse.ResponseBuilder.<Problem>create(status)
                    .replaceAll(refusal.getResponse().getHeaders())
                    .build();
        }
        if (status >= 500) {
            LOG.errorf(refusal, "A request failed. path=%s", shown(request));
        }
        return standard(status, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unexpected(Throwable failure, UriInfo request) {
        LOG.errorf(failure, "A request failed unexpectedly. path=%s", shown(request));
        return standard(500, request);
    }

    /** A path may hold a telephone number. */
    private static String shown(UriInfo request) {
        return request.getPath().replaceAll("[0-9]{5,}", "…");
    }

    private static RestResponse<Problem> standard(int status, UriInfo request) {
        return Problems.answer(
                Problems.of(status, Problems.codeOf(status), Problems.detailOf(status), request.getPath(), List.of()));
    }

    private static RestResponse<Problem> challenge(UriInfo request) {
        var problem = Problems.of(401, Problems.codeOf(401), Problems.detailOf(401), request.getPath(), List.of());
        return RestResponse.ResponseBuilder.<Problem>create(401)
                .entity(problem)
                .type(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    private static RestResponse<Problem> json(JacksonException malformed, UriInfo request) {
        var error = JsonErrors.describe(malformed);
        return Problems.answer(Problems.of(
                400, "MALFORMED_JSON", "The body is not the JSON that is expected here.", request.getPath(), error));
    }

    /** Where and what, without repeating the body. */
    private static final class JsonErrors {
        static List<FieldError> describe(JacksonException malformed) {
            return switch (malformed) {
                case UnrecognizedPropertyException unknown ->
                    List.of(new FieldError(
                            Violations.pointer(unknown.getPath()), "UNKNOWN_FIELD", "There is no such field."));
                case MismatchedInputException mismatch ->
                    List.of(new FieldError(Violations.pointer(mismatch.getPath()), "WRONG_TYPE", expected(mismatch)));
                case ValueInstantiationException refused ->
                    List.of(new FieldError(
                            Violations.pointer(refused.getPath()), "INVALID", reason(refused.getCause())));
                default -> List.of(new FieldError("", "MALFORMED", place(malformed)));
            };
        }

        private static String expected(MismatchedInputException mismatch) {
            var type = mismatch.getTargetType();
            if (type == null) {
                return "The value has the wrong type.";
            }
            if (type.isEnum()) {
                return "One of the documented words is expected.";
            }
            if (Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class) {
                return "A number is expected.";
            }
            if (type == String.class) {
                return "A text is expected.";
            }
            if (type == Boolean.class || type == boolean.class) {
                return "true or false is expected.";
            }
            if (Collection.class.isAssignableFrom(type)) {
                return "A list is expected.";
            }
            return "The value has the wrong shape.";
        }

        /** Only our own constructors' words, which never repeat a value. */
        private static String reason(@Nullable Throwable cause) {
            return cause instanceof IllegalArgumentException refusal && refusal.getMessage() != null
                    ? refusal.getMessage()
                    : "The value is not allowed.";
        }

        private static String place(JacksonException malformed) {
            var location = malformed.getLocation();
            return location == null
                    ? "This is not JSON."
                    : "This is not JSON at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
        }
    }
}
