package centralita.simulators.twilio;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;

/** The part of Twilio's REST API that we use (twilio.md 6), and the faults that were ordered for it. */
final class RestApi {
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final int MAX_PAGE = 1_000;
    private static final int DETECTION_MS = 500;

    private final Vertx vertx;
    private final Exchange exchange;
    private final String authorization;
    private final ArrayDeque<ApiFault> faults = new ArrayDeque<>();
    private final ArrayDeque<ApiFault> faultsAboutCalls = new ArrayDeque<>();
    private int createRequests;
    private int requestsAboutCalls;
    private StreamConditions streams = StreamConditions.GOOD;
    private CallbackConditions callbacks = CallbackConditions.GOOD;

    RestApi(Vertx vertx, Exchange exchange) {
        this.vertx = vertx;
        this.exchange = exchange;
        var user = exchange.settings().accountSid() + ":" + exchange.settings().authToken();
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    Router router() {
        var router = Router.router(vertx);
        var account = "/2010-04-01/Accounts/" + exchange.settings().accountSid();
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.route().handler(this::authenticate);
        router.post(account + "/Calls.json").handler(this::create);
        router.get(account + "/Calls.json").handler(this::list);
        router.route(account + "/Calls/:sid.json").handler(this::aboutACall);
        router.get(account + "/Calls/:sid.json").handler(request -> answer(request, 200, CallJson.of(call(request))));
        router.post(account + "/Calls/:sid.json").handler(this::update);
        router.getWithRegex(account + "/Recordings/(?<sid>RE[0-9a-f]+)\\.wav").handler(this::recording);
        router.route().failureHandler(this::failed);
        router.route().handler(request -> answer(request, 404, CallJson.error(404, 20404, "not found")));
        return router;
    }

    void nextFault(ApiFault fault) {
        faults.addLast(fault);
    }

    void nextFaultAboutCalls(ApiFault fault) {
        faultsAboutCalls.addLast(fault);
    }

    /** For calls that are created from now on. */
    void conditions(StreamConditions forStreams, CallbackConditions forCallbacks) {
        streams = forStreams;
        callbacks = forCallbacks;
    }

    int createRequests() {
        return createRequests;
    }

    int requestsAboutCalls() {
        return requestsAboutCalls;
    }

    private void authenticate(RoutingContext request) {
        if (authorization.equals(request.request().getHeader("Authorization"))) {
            request.next();
        } else {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"Twilio API\"");
            answer(request, 401, CallJson.error(401, 20003, "Authenticate"));
        }
    }

    private void failed(RoutingContext request) {
        if (request.failure() instanceof ApiRefusal refusal) {
            var status = refusal.httpStatus();
            answer(request, status, CallJson.error(status, refusal.code(), String.valueOf(refusal.getMessage())));
        } else {
            var status = request.statusCode() > 0 ? request.statusCode() : 500;
            answer(request, status, CallJson.error(status, status == 413 ? 20001 : 20500, "request failed"));
        }
    }

    private void create(RoutingContext request) {
        createRequests++;
        var fault = faults.pollFirst();
        if (fault == null) {
            answer(request, 201, CallJson.of(place(request)));
        } else {
            if (fault.acceptsFirst()) {
                place(request);
            }
            goWrong(request, fault);
        }
    }

    private void aboutACall(RoutingContext request) {
        requestsAboutCalls++;
        var fault = faultsAboutCalls.pollFirst();
        if (fault == null) {
            request.next();
        } else {
            if (fault.acceptsFirst() && request.request().method() == HttpMethod.POST) {
                change(request);
            }
            goWrong(request, fault);
        }
    }

    private static void goWrong(RoutingContext request, ApiFault fault) {
        switch (fault) {
            case ApiFault.TooManyRequests(var seconds) -> {
                request.response().putHeader("Retry-After", Integer.toString(seconds));
                answer(request, 429, CallJson.error(429, 20429, "Too Many Requests"));
            }
            case ApiFault.Refused(var code, var message) -> answer(request, 400, CallJson.error(400, code, message));
            case ApiFault.ServerError(var status) -> serverError(request, status);
            case ApiFault.ServerErrorAfterAccept(var status) -> serverError(request, status);
            // Deliberately no answer: the client's own limit has to end it.
            case ApiFault.TimeoutAfterAccept() -> {}
            case ApiFault.ResetAfterAccept() -> request.request().connection().close();
        }
    }

    private static void serverError(RoutingContext request, int status) {
        answer(request, status, CallJson.error(status, 20500, "Internal server error"));
    }

    private LiveCall place(RoutingContext request) {
        var order = CallOrder.read(request.request().formAttributes());
        var callee = exchange.callee(order.to());
        LiveCall call;
        try {
            call = exchange.begin(
                    order.plan(Sids.next("CA"), streams, callbacks), Ringing.handsetOf(callee), CallStatus.QUEUED);
        } catch (IllegalStateException e) {
            throw new ApiRefusal(400, 10004, "Call concurrency limit exceeded");
        }
        // A call that is cancelled while queued is never dialled and never heard of again.
        vertx.runOnContext(go -> {
            if (!call.status().over()) {
                Ringing.ring(call, callee, order.timeout()).onSuccess(answered -> {
                    if (answered) {
                        picked(call, order, callee);
                    }
                });
            }
        });
        return call;
    }

    private void picked(LiveCall call, CallOrder order, Callee callee) {
        if (order.detection().isEmpty() || !(callee instanceof Callee.Answers answers)) {
            run(call, order, Map.of());
            return;
        }
        if (order.asynchronousDetection()) {
            run(call, order, Map.of());
        }
        vertx.setTimer(DETECTION_MS, timer -> {
            if (call.status().over()) {
                return;
            }
            call.answeredBy(answers.answeredBy());
            var verdict = Map.of(
                    "AnsweredBy", answers.answeredBy(), "MachineDetectionDuration", Integer.toString(DETECTION_MS));
            if (!order.asynchronousDetection()) {
                run(call, order, verdict);
            } else if (order.detectionCallback().present()) {
                call.streamStatus(order.detectionCallback(), verdict);
            } else {
                call.incident(21262, "machine detection without a callback");
            }
        });
    }

    private static void run(LiveCall call, CallOrder order, Map<String, String> more) {
        if (order.document().present()) {
            call.runFrom(order.document(), more);
        } else {
            call.runTwiml(order.twiml());
        }
    }

    private void update(RoutingContext request) {
        answer(request, 200, CallJson.of(change(request)));
    }

    private LiveCall change(RoutingContext request) {
        var call = call(request);
        var form = request.request().formAttributes();
        var status = CallOrder.text(form, "Status");
        var twiml = CallOrder.text(form, "Twiml");
        var document = CallOrder.action(form, "Url", "Method");
        if (call.status().over()) {
            throw new ApiRefusal(400, 21220, "Call is not in-progress. Cannot redirect.");
        }
        if (status.equals("completed")) {
            call.end(call.answered() ? CallStatus.COMPLETED : CallStatus.CANCELED, CallReport.EndedBy.API, 200);
        } else if (status.equals("canceled") && !call.answered()) {
            call.end(CallStatus.CANCELED, CallReport.EndedBy.API, 487);
        } else if (!status.isEmpty()) {
            throw new ApiRefusal(400, 21220, "Call is not in a state that allows this");
        } else if (!call.answered() && !call.plan().direction().equals("inbound")) {
            throw new ApiRefusal(400, 21220, "Call is not in-progress. Cannot redirect.");
        } else if (document.present()) {
            call.runFrom(document, Map.of());
        } else if (!twiml.isEmpty()) {
            call.runTwiml(twiml);
        } else {
            throw new ApiRefusal(400, 20001, "nothing to update");
        }
        return call;
    }

    private void list(RoutingContext request) {
        var query = request.queryParams();
        var filter = new CallFilter(query);
        int size = pageSize(query);
        int page = number(query, "Page", 0, Integer.MAX_VALUE / MAX_PAGE);
        var found = new ArrayList<>(exchange.known());
        found.removeIf(call -> !filter.matches(call));
        var calls = new JsonArray();
        var newestFirst = found.reversed();
        newestFirst.stream().skip((long) page * size).limit(size).forEach(call -> calls.add(CallJson.of(call)));
        var more = found.size() > (page + 1) * size;
        var path = request.request().path();
        answer(
                request,
                200,
                new JsonObject()
                        .put("calls", calls)
                        .put("page", page)
                        .put("page_size", size)
                        .put("start", page * size)
                        .put("end", page * size + Math.max(0, calls.size() - 1))
                        .put("uri", request.request().uri())
                        .put("first_page_uri", path + "?" + filter.query(0, size))
                        .put("next_page_uri", more ? path + "?" + filter.query(page + 1, size) : null)
                        .put("previous_page_uri", page > 0 ? path + "?" + filter.query(page - 1, size) : null));
    }

    private static int pageSize(MultiMap query) {
        return Math.max(1, number(query, "PageSize", 50, MAX_PAGE));
    }

    private static int number(MultiMap query, String name, int otherwise, int most) {
        var value = CallOrder.text(query, name);
        try {
            return value.isEmpty() ? otherwise : Math.clamp(Integer.parseInt(value), 0, most);
        } catch (NumberFormatException e) {
            throw new ApiRefusal(400, 20001, name + " is not a number");
        }
    }

    private void recording(RoutingContext request) {
        var mulaw = exchange.recording(request.pathParam("sid"));
        if (mulaw == null) {
            throw new ApiRefusal(404, 20404, "The recording was not found");
        }
        request.response().putHeader("Content-Type", "audio/wav").end(Buffer.buffer(WavAudio.write(mulaw)));
    }

    private LiveCall call(RoutingContext request) {
        var call = exchange.find(request.pathParam("sid"));
        if (call == null) {
            throw new ApiRefusal(404, 20404, "The requested resource was not found");
        }
        return call;
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
