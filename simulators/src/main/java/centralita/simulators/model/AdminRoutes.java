package centralita.simulators.model;

import centralita.contracts.json.ContractsJson;
import centralita.simulators.model.FaultBoard.RefusedHandshakes;
import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Scenario;
import centralita.simulators.model.scenario.Scenarios;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;

/** The stand-in's own side of the server, under {@code /stand-in}: scenarios, faults, inspection. Not protected. */
final class AdminRoutes {
    private static final int LONGEST_BODY = 65_536;

    private final FaultBoard faults;
    private final ModelSessions sessions;

    AdminRoutes(FaultBoard faults, ModelSessions sessions) {
        this.faults = faults;
        this.sessions = sessions;
    }

    void addTo(Router router) {
        router.route("/stand-in/*").handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
        router.get("/stand-in/sessions").handler(this::sessions);
        router.post("/stand-in/scenario").handler(context -> carryOut(context, this::scenario));
        router.post("/stand-in/faults").handler(context -> carryOut(context, this::faults));
        router.delete("/stand-in/faults").handler(context -> {
            faults.clear();
            context.response().setStatusCode(204).end();
        });
    }

    private interface Order {
        /** @throws IllegalArgumentException when the order cannot be carried out; the message says why */
        void carryOut(JsonObject body);
    }

    private static void carryOut(RoutingContext context, Order order) {
        try {
            var body = context.body().asJsonObject();
            if (body == null) {
                throw new IllegalArgumentException("a JSON object is expected");
            }
            order.carryOut(body);
            context.response().setStatusCode(204).end();
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            context.response().setStatusCode(400);
            context.json(new JsonObject().put("error", e.getMessage()));
        }
    }

    private void sessions(RoutingContext context) {
        var wanted = context.request().getParam("clientRequestId");
        var found = sessions.records().stream()
                .filter(session -> wanted == null || session.clientRequestId().equals(wanted))
                .toList();
        context.response().putHeader("Content-Type", "application/json").end(ContractsJson.write(found));
    }

    /** {@code {"name": "drop"}} or {@code {"yaml": "…"}}, with {@code "for": "next"} (default) or {@code "every"}. */
    private void scenario(JsonObject body) {
        Scenario scenario = body.containsKey("yaml")
                ? Scenarios.parse(body.getString("name", "given"), body.getString("yaml"))
                : Scenarios.named(body.getString("name", ""));
        switch (body.getString("for", "next")) {
            case "next" -> {
                for (int i = 0; i < body.getInteger("count", 1); i++) {
                    faults.nextSession(scenario);
                }
            }
            case "every" -> faults.everySession(scenario);
            default -> throw new IllegalArgumentException("'for' is 'next' or 'every'");
        }
    }

    private void faults(JsonObject body) {
        var refuse = body.getJsonObject("refuseHandshakes");
        if (refuse != null) {
            faults.refuseNext(
                    refuse.getInteger("count", 1),
                    new RefusedHandshakes(
                            refuse.getInteger("status", 503), refuse.getInteger("retryAfterSeconds", -1)));
        }
        for (var next : body.getJsonArray("nextResponses", new JsonArray())) {
            var fault = (JsonObject) next;
            faults.nextResponse(new Fault(
                    Fault.Kind.valueOf(fault.getString("do", "").toUpperCase(Locale.ROOT)),
                    0,
                    fault.getInteger("ms", 0),
                    fault.getString("code")));
        }
        if (body.containsKey("dropSessions")) {
            sessions.drop(clientRequestId(body.getString("dropSessions")));
        }
        if (body.containsKey("closeSessions")) {
            sessions.close(clientRequestId(body.getString("closeSessions")), body.getInteger("closeCode", 1001));
        }
    }

    private static String clientRequestId(String chosen) {
        return chosen.equals("all") ? "" : chosen;
    }
}
