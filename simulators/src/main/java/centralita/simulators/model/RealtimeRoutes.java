package centralita.simulators.model;

import centralita.simulators.model.scenario.Scenario;
import centralita.simulators.model.scenario.Scenarios;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's side of the server: the realtime handshake with its refusals, and the list of models. Under
 * {@code /openai} it is Azure's: GA at {@code /openai/v1/realtime}, and at {@code /openai/realtime} the preview, which
 * speaks the beta dialect.
 */
final class RealtimeRoutes {
    private static final String STAND_IN = "stand-in:";
    private static final List<String> MODELS = List.of("gpt-realtime-2.1", "gpt-realtime-2.1-mini", "gpt-realtime-1.5");
    private static final Logger LOG = Logger.getLogger(RealtimeRoutes.class);

    /** Whose door it is. */
    private enum House {
        OPENAI,
        AZURE,
        AZURE_PREVIEW
    }

    private final ModelStandInOptions options;
    private final FaultBoard faults;
    private final ModelSessions sessions;

    RealtimeRoutes(ModelStandInOptions options, FaultBoard faults, ModelSessions sessions) {
        this.options = options;
        this.faults = faults;
        this.sessions = sessions;
    }

    void addTo(Router router) {
        router.get("/v1/realtime").handler(context -> handshake(context, House.OPENAI));
        router.get("/openai/v1/realtime").handler(context -> handshake(context, House.AZURE));
        router.get("/openai/realtime").handler(context -> handshake(context, House.AZURE_PREVIEW));
        router.get("/v1/models").handler(this::models);
    }

    private void models(RoutingContext context) {
        if (!authorized(context, House.OPENAI)) {
            refuseKey(context);
            return;
        }
        var data = new JsonArray();
        MODELS.forEach(model -> data.add(new JsonObject()
                .put("id", model)
                .put("object", "model")
                .put("created", 1_780_000_000)
                .put("owned_by", "stand-in")));
        context.json(new JsonObject().put("object", "list").put("data", data));
    }

    private void handshake(RoutingContext context, House house) {
        var refused = faults.refusesThisHandshake();
        var version = context.request().getParam("api-version");
        if (refused.isPresent()) {
            refuseAsAsked(context, refused.get());
        } else if (!authorized(context, house)) {
            refuseKey(context);
        } else if (house == House.AZURE && version != null) {
            refuse(context, 401, "invalid_request_error", null, "api-version is not a parameter of the GA API.");
        } else if (house == House.AZURE_PREVIEW && version == null) {
            refuse(context, 400, "invalid_request_error", null, "api-version is missing.");
        } else if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            refuse(context, 400, "invalid_request_error", null, "This is a WebSocket endpoint.");
        } else if (context.request().getParam("intent") != null
                || context.request().getParam("call_id") != null) {
            refuse(
                    context,
                    404,
                    "invalid_request_error",
                    null,
                    "The stand-in has neither calls nor transcription sessions.");
        } else {
            var parameter = house == House.AZURE_PREVIEW ? "deployment" : "model";
            open(context, context.request().getParam(parameter), house);
        }
    }

    private void open(RoutingContext context, @Nullable String model, House house) {
        if (model == null || model.isBlank()) {
            refuse(context, 400, "invalid_request_error", "missing_model", "You must provide a model parameter.");
            return;
        }
        Scenario scenario;
        try {
            scenario = model.startsWith(STAND_IN)
                    ? Scenarios.named(model.substring(STAND_IN.length()))
                    : faults.takeForSession();
        } catch (IllegalArgumentException unknown) {
            refuse(context, 404, "invalid_request_error", "model_not_found", "The model does not exist.");
            return;
        }
        if (house == House.AZURE_PREVIEW) {
            scenario = scenario.inBeta();
        }
        var beta = context.request().getHeader("OpenAI-Beta");
        var handshake = new Handshake(
                sessions.nextSessionId(),
                model,
                scenario,
                header(context, "X-Client-Request-Id"),
                header(context, "OpenAI-Safety-Identifier"),
                beta != null && beta.contains("realtime=v1"));
        var channel = ((ConnectionBase) context.request().connection()).channel();
        context.request()
                .toWebSocket()
                .onSuccess(socket -> sessions.open(socket, channel, handshake))
                .onFailure(failure -> LOG.debugf("model handshake failed sessionId=%s", handshake.sessionId()));
    }

    private boolean authorized(RoutingContext context, House house) {
        var apiKey = header(context, "api-key");
        if (house != House.OPENAI && !apiKey.isEmpty()) {
            return isGood(apiKey);
        }
        var header = header(context, "Authorization");
        if (!header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return false;
        }
        return isGood(header.substring("bearer ".length()).strip());
    }

    private boolean isGood(String key) {
        return options.apiKey().map(key::equals).orElse(!key.isEmpty() && !key.contains("invalid"));
    }

    private static String header(RoutingContext context, String name) {
        var value = context.request().getHeader(name);
        return value == null ? "" : value;
    }

    private static void refuseKey(RoutingContext context) {
        refuse(context, 401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
    }

    private static void refuseAsAsked(RoutingContext context, FaultBoard.RefusedHandshakes how) {
        if (how.retryAfterSeconds() >= 0) {
            context.response().putHeader("Retry-After", Integer.toString(how.retryAfterSeconds()));
        }
        switch (how.status()) {
            case 401 -> refuseKey(context);
            case 429 -> refuse(context, 429, "requests", "rate_limit_exceeded", "Rate limit reached for requests.");
            default ->
                refuse(
                        context,
                        how.status(),
                        "server_error",
                        null,
                        "The server had an error while processing your request.");
        }
    }

    private static void refuse(RoutingContext context, int status, String type, @Nullable String code, String message) {
        var error = new JsonObject()
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        context.response().setStatusCode(status);
        context.json(new JsonObject().put("error", error));
    }
}
