package centralita.edge.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code callId}, {@code traceId} and {@code spanId} on every line that is logged within a stretch of code.
 *
 * <p>For code between two waits: the stretch must begin and end on one thread, within one event. Cheap (some map
 * writes), yet not for every frame of audio: open it where something is worth a log line.
 *
 * <pre>{@code
 * try (var _ = CallLog.within(callId, span)) {
 *     LOG.info("The stream started.");
 * }
 * }</pre>
 */
public final class CallLog implements AutoCloseable {
    public static final String CALL_ID = "callId";
    private static final String TRACE_ID = "traceId";
    private static final String SPAN_ID = "spanId";

    private final @Nullable Object callIdBefore;
    private final @Nullable Object traceIdBefore;
    private final @Nullable Object spanIdBefore;

    private CallLog(UUID callId, SpanContext span) {
        callIdBefore = MDC.get(CALL_ID);
        traceIdBefore = MDC.get(TRACE_ID);
        spanIdBefore = MDC.get(SPAN_ID);
        MDC.put(CALL_ID, callId.toString());
        if (span.isValid()) {
            MDC.put(TRACE_ID, span.getTraceId());
            MDC.put(SPAN_ID, span.getSpanId());
        }
    }

    /** Until it is closed, with the thread's current span. */
    public static CallLog within(UUID callId) {
        return new CallLog(callId, Span.current().getSpanContext());
    }

    /** Until it is closed, with a span that need not be current. */
    public static CallLog within(UUID callId, Span span) {
        return new CallLog(callId, span.getSpanContext());
    }

    /** For the time of one action. */
    public static void run(UUID callId, Runnable action) {
        try (var _ = within(callId)) {
            action.run();
        }
    }

    /** For the time of one action that gives something. */
    public static <T> T get(UUID callId, Supplier<T> action) {
        try (var _ = within(callId)) {
            return action.get();
        }
    }

    /** What was there before is there again. */
    @Override
    public void close() {
        restore(CALL_ID, callIdBefore);
        restore(TRACE_ID, traceIdBefore);
        restore(SPAN_ID, spanIdBefore);
    }

    private static void restore(String key, @Nullable Object before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
