package centralita.edge.problem;

import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** The same problems for what no REST method ever sees: unknown paths, bodies over the limit, failed routes. */
@ApplicationScoped
class ProblemRoutes {
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 405, 406, 413, 415, 431, 503);

    void register(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, routing -> answer(routing, status));
        }
    }

    private static void answer(RoutingContext routing, int status) {
        var response = routing.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        var problem = Problems.of(
                status,
                Problems.codeOf(status),
                Problems.detailOf(status),
                routing.request().path(),
                List.of());
        response.setStatusCode(status)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Json.encodeToBuffer(problem));
    }
}
