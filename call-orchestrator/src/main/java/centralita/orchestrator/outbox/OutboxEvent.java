package centralita.orchestrator.outbox;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way.
 *
 * @param position its place in the outbox
 * @param key of the record, the callId
 * @param json the whole envelope
 * @param traceparent W3C trace context; null when the call is not traced
 */
public record OutboxEvent(
        long position,
        String topic,
        String key,
        String json,
        @Nullable String traceparent) {}
