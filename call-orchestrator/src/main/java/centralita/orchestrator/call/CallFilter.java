package centralita.orchestrator.call;

import centralita.contracts.call.Direction;
import centralita.contracts.call.Outcome;
import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a list shows, and in which order.
 *
 * @param from created at or after
 * @param to created before
 */
record CallFilter(
        Calls.@Nullable State state,
        @Nullable Outcome outcome,
        @Nullable Direction direction,
        @Nullable String assistantId,
        @Nullable String callSid,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean newestFirst) {

    /** @throws ProblemException 400 naming the parameter that cannot be read */
    static CallFilter parse(
            @Nullable String state,
            @Nullable String outcome,
            @Nullable String direction,
            @Nullable String assistantId,
            @Nullable String callSid,
            @Nullable String from,
            @Nullable String to,
            @Nullable String sort) {
        return new CallFilter(
                word("state", state, Calls.State.class),
                word("outcome", outcome, Outcome.class),
                word("direction", direction, Direction.class),
                assistantId,
                callSid,
                time("from", from),
                time("to", to),
                newestFirst(sort));
    }

    /** The order's name, for cursors. */
    String order() {
        return newestFirst ? "-createdAt" : "createdAt";
    }

    /** Adds SQL conditions and the values of their parameters. */
    void addTo(List<String> conditions, List<Object> values) {
        add(conditions, values, "state =", state == null ? null : state.name());
        add(conditions, values, "outcome =", outcome == null ? null : outcome.name());
        add(conditions, values, "direction =", direction == null ? null : direction.name());
        add(conditions, values, "assistant_id =", assistantId);
        add(conditions, values, "call_sid =", callSid);
        add(conditions, values, "call_id >=", from == null ? null : firstId(from));
        add(conditions, values, "call_id <", to == null ? null : firstId(to));
    }

    private static void add(List<String> conditions, List<Object> values, String comparison, @Nullable Object value) {
        if (value != null) {
            values.add(value);
            conditions.add(comparison + " $" + values.size());
        }
    }

    /** No id of that millisecond is smaller: ids are UUIDv7, which begin with their time. */
    private static UUID firstId(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

    private static boolean newestFirst(@Nullable String sort) {
        return switch (sort) {
            case null -> true;
            case "-createdAt" -> true;
            case "createdAt" -> false;
            default -> throw invalid("sort", "createdAt or -createdAt");
        };
    }

    private static <E extends Enum<E>> @Nullable E word(String name, @Nullable String text, Class<E> words) {
        if (text == null) {
            return null;
        }
        for (var word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        throw invalid(name, "one of " + List.of(words.getEnumConstants()));
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw invalid(name, "ISO 8601 in UTC, as 2026-11-23T10:00:00Z");
        }
    }

    private static ProblemException invalid(String name, String expected) {
        return ProblemException.badRequest(
                "INVALID_PARAMETER",
                "Some of the content is not valid: see errors.",
                new FieldError("query:" + name, "INVALID", expected));
    }
}
