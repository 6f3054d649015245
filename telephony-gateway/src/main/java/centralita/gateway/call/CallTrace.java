package centralita.gateway.call;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Under what a call is found by who reads traces.
 *
 * @param traceparent W3C trace context of its first webhook; null when that was not traced
 */
public record CallTrace(UUID callId, @Nullable String traceparent) {}
