package centralita.orchestrator.call;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.call.Tokens;
import centralita.contracts.phone.MaskedNumber;
import centralita.contracts.transcript.TranscriptFact;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is shown of calls over REST. */
final class Calls {
    private Calls() {}

    /**
     * A call in a list.
     *
     * @param createdAt when the call got its id
     * @param talkTimeMs present when it has ended
     */
    record Summary(
            UUID callId,
            Instant createdAt,
            State state,
            @Nullable Instant stateSince,
            @Nullable Direction direction,
            @Nullable String callSid,
            @Nullable MaskedNumber from,
            @Nullable MaskedNumber to,
            @Nullable String assistantId,
            @Nullable Integer assistantVersion,
            @Nullable String language,
            @Nullable String campaignId,
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt,
            @Nullable Outcome outcome,
            @Nullable EndReason endReason,
            @Nullable Long talkTimeMs) {}

    /** The names of the states. */
    enum State {
        ANNOUNCED,
        REQUESTED,
        RECEIVED,
        RINGING,
        IN_PROGRESS,
        ENDED
    }

    /**
     * One call with its story.
     *
     * @param timeline everything that happened, oldest first
     * @param usage what the models were billed for, by model
     * @param transcript null for roles that may not read it
     */
    record Details(
            Summary call,
            List<Moment> timeline,
            List<CallFact.Turn> turns,
            List<CallFact.ToolCalled> tools,
            List<Usage> usage,
            @Nullable Transcript transcript) {}

    /** @param type as {@code centralita.call.answered.v1} */
    record Moment(
            Instant time,
            String type,
            String source,

            @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
            JsonNode data) {}

    /** @param transcriptionSeconds audio that was transcribed, where that is billed by time */
    record Usage(String provider, String model, Tokens tokens, double transcriptionSeconds) {}

    /** @param said in the order of its beginning */
    record Transcript(
            List<TranscriptFact.Said> said,
            List<TranscriptFact.ToolUsed> tools,
            List<TranscriptFact.Digits> digits,
            TranscriptFact.@Nullable Context context) {}
}
