package centralita.gateway.twilio;

import centralita.edge.trace.PropagatedTrace;
import centralita.gateway.call.CallTrace;
import centralita.gateway.call.CallTraces;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes the later webhooks of a call spans of its trace. Twilio sends no trace context, so the framework would begin a
 * trace for each; it leaves these paths alone ({@code quarkus.otel.traces.suppress-application-uris}), and the span is
 * made here when the call is known, after the answer: nobody waits for it.
 */
@Singleton
class CallbackSpans {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("centralita.call.id");

    private final Tracer tracer;
    private final CallTraces traces;

    CallbackSpans(OpenTelemetry telemetry, CallTraces traces) {
        this.tracer = telemetry.getTracer("centralita");
        this.traces = traces;
    }

    /** Records a span from now to the end of the answer. @param route the path's form, without ids */
    void follow(RoutingContext routing, String route, Optional<UUID> callId, String callSid) {
        var began = Instant.now();
        routing.addEndHandler(_ -> {
            var answered = Instant.now();
            if (Sid.isSafe(callSid)) {
                traces.of(callId, callSid).onSuccess(trace -> record(routing, route, began, answered, trace));
            } else {
                record(routing, route, began, answered, Optional.empty());
            }
        });
    }

    private void record(
            RoutingContext routing, String route, Instant began, Instant answered, Optional<CallTrace> trace) {
        var method = routing.request().method().name();
        var builder = tracer.spanBuilder(method + " " + route)
                .setSpanKind(SpanKind.SERVER)
                .setParent(PropagatedTrace.context(
                        trace.map(CallTrace::traceparent).orElse(null)))
                .setStartTimestamp(began)
                .setAttribute(METHOD, method)
                .setAttribute(ROUTE, route)
                .setAttribute(STATUS, (long) routing.response().getStatusCode());
        trace.ifPresent(it -> builder.setAttribute(CALL_ID, it.callId().toString()));
        builder.startSpan().end(answered);
    }
}
