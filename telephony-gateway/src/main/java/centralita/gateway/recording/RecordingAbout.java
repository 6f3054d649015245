package centralita.gateway.recording;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a recording from its first moment on, kept beside its segments for whoever completes it.
 *
 * @param traceparent of the call; null when it is not traced
 */
record RecordingAbout(
        UUID recordingId, UUID callId, @Nullable String traceparent) {}
