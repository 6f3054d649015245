package centralita.contracts.transcript;

import centralita.contracts.id.UuidV7;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 envelope (structured JSON) around one {@link TranscriptFact}: personal data. Key, order and delivery
 * are as for {@link centralita.contracts.call.CallEvent}.
 *
 * @param subject the callId
 * @param time when it was said
 */
public record TranscriptEvent(
        String specversion,
        UUID id,
        URI source,
        UUID subject,
        Instant time,
        String datacontenttype,
        @Nullable String traceparent,

        @JsonTypeInfo(
                use = JsonTypeInfo.Id.NAME,
                include = JsonTypeInfo.As.EXTERNAL_PROPERTY,
                property = "type",
                defaultImpl = TranscriptFact.Unknown.class)
        TranscriptFact data) {

    /** A new event with a new id. */
    public static TranscriptEvent of(
            String service, UUID callId, Instant time, @Nullable String traceparent, TranscriptFact fact) {
        return new TranscriptEvent(
                "1.0", UuidV7.next(), URI.create("/" + service), callId, time, "application/json", traceparent, fact);
    }

    /** Never what was said. */
    @Override
    public String toString() {
        return "TranscriptEvent[id=" + id + ", subject=" + subject + "]";
    }
}
