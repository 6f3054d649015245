package centralita.edge.paging;

import centralita.edge.problem.Problem.FieldError;
import centralita.edge.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the keys of its last row. Opaque to who carries it; it gives no right, so it is not signed, and
 * whoever makes one up gets the rows after a made-up key that a filter would have given him, too.
 *
 * @param order the order that it belongs to; a cursor of another order means nothing
 * @param keys of the last row, in that order
 */
public record Cursor(String order, List<String> keys) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_LENGTH = 512;

    /** As it goes into {@code nextCursor} and {@code ?cursor=}. */
    public String encode() {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a cursor", e);
        }
    }

    /**
     * @param text what the asker sent
     * @param order the order of his present request
     * @param keys how many keys that order has
     * @throws ProblemException 400 when it is not one of ours, or of another order
     */
    public static Cursor decode(String text, String order, int keys) {
        try {
            if (text.length() <= MAX_LENGTH) {
                var cursor = JSON.readValue(Base64.getUrlDecoder().decode(text), Cursor.class);
                if (order.equals(cursor.order())
                        && cursor.keys() != null
                        && cursor.keys().size() == keys) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException | IOException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** For keys of a cursor that cannot be read. */
    public static ProblemException invalid() {
        return ProblemException.badRequest(
                "INVALID_CURSOR",
                "The cursor is not one of this list and order. Begin again without it.",
                new FieldError("query:cursor", "INVALID", "Take it from nextCursor, unchanged."));
    }
}
