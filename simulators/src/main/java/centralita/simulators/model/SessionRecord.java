package centralita.simulators.model;

import centralita.simulators.model.protocol.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one session was like, for those who test against the stand-in. A copy; it does not change any more.
 *
 * @param sessionId {@code sess_…}
 * @param clientRequestId the handshake's {@code X-Client-Request-Id}; empty when it had none
 * @param safetyIdentifier the handshake's {@code OpenAI-Safety-Identifier}; empty when it had none
 * @param closedAt null while it is open
 * @param closeCode null while it is open; 1006 when the socket broke
 * @param settings the effective session as JSON
 * @param items in the order of the conversation, then the deleted ones
 * @param receivedEvents by type; {@code other} for what is no client event
 * @param audioReceivedMs audio of the caller
 * @param audioReceivedBytes in the input format
 * @param audioReceivedCrc32c of those bytes in order, as 8 hexadecimal digits
 * @param audioSentMs audio of the model
 * @param audioSentCrc32c of the bytes sent, in the output format
 * @param errors codes of the first 100 error events, {@code null} as {@code none}
 * @param responses by final status
 * @param usage of all responses together
 */
public record SessionRecord(
        String sessionId,
        String clientRequestId,
        String safetyIdentifier,
        String model,
        String scenario,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Integer closeCode,
        String settings,
        List<ItemRecord> items,
        Map<String, Long> receivedEvents,
        long audioReceivedMs,
        long audioReceivedBytes,
        String audioReceivedCrc32c,
        long audioSentMs,
        String audioSentCrc32c,
        List<String> errors,
        Map<String, Integer> responses,
        TokenUsage usage) {

    /**
     * @param role empty for what is no message
     * @param transcript what was said or written; empty after truncation
     * @param heard names of the clips in the caller's audio
     * @param audioMs audio that was received or made
     * @param truncatedAtMs null when it was not truncated
     */
    public record ItemRecord(
            String itemId,
            String role,
            String type,
            String status,
            String transcript,
            List<String> heard,
            int audioMs,
            @Nullable Integer truncatedAtMs,
            boolean deleted) {}
}
