package centralita.edge.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries one call's trace as the text of a W3C {@code traceparent} through what no library instruments: Redis, the
 * audio link, the spool, an event's envelope. Thread-safe. Trust a {@code traceparent} only from inside.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
@ApplicationScoped
public class PropagatedTrace {
    private static final String HEADER = "traceparent";
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<String> READER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return HEADER.equals(key) ? traceparent : null;
        }
    };

    private final Tracer tracer;

    PropagatedTrace(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer("centralita");
    }

    /**
     * Starts a span under a remote parent. The caller ends it.
     *
     * @param traceparent null or malformed begins a new trace
     */
    public Span start(String name, SpanKind kind, @Nullable String traceparent) {
        return tracer.spanBuilder(name)
                .setParent(context(traceparent))
                .setSpanKind(kind)
                .startSpan();
    }

    /** Like {@link #start}, with the call's id on the span, under which it is found. */
    public Span start(String name, SpanKind kind, @Nullable String traceparent, UUID callId) {
        return tracer.spanBuilder(name)
                .setParent(context(traceparent))
                .setSpanKind(kind)
                .setAttribute("centralita.call.id", callId.toString())
                .startSpan();
    }

    /** Starts a span under the thread's current one, or a new trace when there is none. The caller ends it. */
    public Span startHere(String name, SpanKind kind) {
        return tracer.spanBuilder(name).setSpanKind(kind).startSpan();
    }

    /** A context whose current span is the remote one; the root context when the text is null or malformed. */
    public static Context context(@Nullable String traceparent) {
        return traceparent == null ? Context.root() : FORMAT.extract(Context.root(), traceparent, READER);
    }

    /** The text for a span's children elsewhere; null for the span of no trace. */
    public static @Nullable String traceparent(Span span) {
        if (!span.getSpanContext().isValid()) {
            return null;
        }
        var carrier = new HashMap<String, String>();
        FORMAT.inject(Context.root().with(span), carrier, (map, key, value) -> {
            if (map != null) {
                map.put(key, value);
            }
        });
        return carrier.get(HEADER);
    }

    /** The text for children of the thread's current span; null when there is none. */
    public static @Nullable String current() {
        return traceparent(Span.current());
    }
}
