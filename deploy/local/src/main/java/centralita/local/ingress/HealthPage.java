package centralita.local.ingress;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The suite is ready when every service is. On one event loop. */
final class HealthPage {
    private static final long LIMIT_MS = TimeUnit.SECONDS.toMillis(3);

    private final HttpClient client;
    private final List<Upstream> upstreams;

    HealthPage(HttpClient client, List<Upstream> upstreams) {
        this.client = client;
        this.upstreams = upstreams;
    }

    void answer(HttpServerRequest request) {
        var checks = upstreams.stream().map(this::check).toList();
        Future.all(checks)
                .map(_ -> new JsonArray(checks.stream().map(Future::result).toList()))
                .onSuccess(found -> {
                    boolean up = found.stream()
                            .allMatch(check ->
                                    ((JsonObject) check).getString("status").equals("UP"));
                    request.response()
                            .setStatusCode(up ? 200 : 503)
                            .putHeader("Content-Type", "application/json")
                            .putHeader("Cache-Control", "no-store")
                            .end(new JsonObject()
                                    .put("status", up ? "UP" : "DOWN")
                                    .put("checks", found)
                                    .encode());
                })
                .onFailure(_ -> request.response().setStatusCode(503).end());
    }

    /** Never fails. */
    private Future<JsonObject> check(Upstream upstream) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(upstream.port())
                .setURI("/q/health/ready")
                .setConnectTimeout(LIMIT_MS)
                .setIdleTimeout(LIMIT_MS);
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body().map(_ -> response.statusCode()))
                .map(status -> status == 200 ? "UP" : "DOWN")
                .recover(_ -> Future.succeededFuture("DOWN"))
                .map(status -> new JsonObject().put("name", upstream.name()).put("status", status));
    }
}
