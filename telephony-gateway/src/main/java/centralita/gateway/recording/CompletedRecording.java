package centralita.gateway.recording;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is complete, as it is kept beside its audio. Fields as in {@link CallFact.RecordingCompleted}.
 *
 * @param startedAt the first moment of the audio
 * @param traceparent of the call; null when it is not traced
 */
public record CompletedRecording(
        UUID recordingId,
        UUID callId,
        Instant startedAt,
        long durationMs,
        long bytes,
        String sha256,
        int channels,
        int gaps,
        long gapMs,
        @Nullable String traceparent) {

    /** The event that tells of it. Its id is that of the recording: told twice, it is the same event. */
    CallEvent event(Instant time) {
        var fact = new CallFact.RecordingCompleted(
                recordingId.toString(), durationMs, bytes, sha256, channels, gaps, gapMs);
        return CallEvent.of("telephony-gateway", callId, time, traceparent, fact)
                .withId(recordingId);
    }
}
