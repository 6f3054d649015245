package centralita.edge.paging;

import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** How many rows a page may have. */
public final class PageLimit {
    public static final int DEFAULT = 50;
    public static final int MAX = 200;

    private PageLimit() {}

    /**
     * @param asked null for the default
     * @throws ProblemException 400 when it is not 1 to {@value #MAX}
     */
    public static int of(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT;
        }
        if (asked < 1 || asked > MAX) {
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER",
                    "Some of the content is not valid: see errors.",
                    new FieldError("query:limit", "OUT_OF_RANGE", "1 to " + MAX));
        }
        return asked;
    }
}
