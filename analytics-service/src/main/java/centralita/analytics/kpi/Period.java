package centralita.analytics.kpi;

import centralita.contracts.call.Direction;
import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a figure is about: those whose first event falls into a period, narrowed down if asked.
 *
 * @param from first moment that counts
 * @param to first moment that no longer counts
 * @param direction null for both
 * @param assistantId null for all
 */
record Period(
        Instant from,
        Instant to,
        @Nullable Direction direction,
        @Nullable String assistantId) {
    private static final Duration DEFAULT_LENGTH = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(400);

    /**
     * As a request names it.
     *
     * @param from null for a day before {@code to}
     * @param to null for now
     * @throws ProblemException 400 when a value is not allowed
     */
    static Period of(
            @Nullable String from,
            @Nullable String to,
            @Nullable String direction,
            @Nullable String assistantId,
            Instant now) {
        var end = to == null ? now : instant("to", to);
        var begin = from == null ? end.minus(DEFAULT_LENGTH) : instant("from", from);
        if (!begin.isBefore(end)) {
            throw invalid("from", "before to");
        }
        if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw invalid("from", "at most " + LONGEST.toDays() + " days before to");
        }
        return new Period(begin, end, direction == null ? null : direction(direction), assistantId);
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(name, "a moment in ISO 8601 UTC, as 2026-11-22T00:00:00Z");
        }
    }

    private static Direction direction(String text) {
        return Arrays.stream(Direction.values())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("direction", "INBOUND, OUTBOUND or UNKNOWN"));
    }

    private static ProblemException invalid(String name, String expected) {
        return ProblemException.badRequest(
                "INVALID_PARAMETER",
                "Some of the content is not valid: see errors.",
                new FieldError("query:" + name, "INVALID", expected));
    }
}
