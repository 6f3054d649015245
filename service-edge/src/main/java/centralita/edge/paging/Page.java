package centralita.edge.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor null on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /**
     * Cuts a page out of rows that were read with a limit of one more.
     *
     * @param rows at most {@code limit + 1}; the last one only tells that there is more
     * @param cursor the keys of a row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        var items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, cursor.apply(items.get(limit - 1)).encode());
    }

    /** The answer to a request for it, with {@code Link: rel="next"} where there is more (RFC 8288). */
    public RestResponse<Page<T>> answer(UriInfo request) {
        var answer = RestResponse.ResponseBuilder.ok(this);
        if (nextCursor != null) {
            // A relative reference: behind an ingress we do not know our own address.
            var next = request.getRequestUriBuilder()
                    .replaceQueryParam("cursor", nextCursor)
                    .build();
            answer.header("Link", "<" + next.getRawPath() + "?" + next.getRawQuery() + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
