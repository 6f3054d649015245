package centralita.contracts.transcript;

import centralita.contracts.event.Envelope;
import centralita.contracts.event.FactTypes;
import centralita.contracts.event.MalformedEventException;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Envelope} around one {@link TranscriptFact}: personal data, which its text form never shows. Key, order and
 * delivery are as for {@link centralita.contracts.call.CallEvent}.
 *
 * <p>Written and read with {@link ContractsJson}.
 */
public record TranscriptEvent(@JsonValue Envelope<TranscriptFact> envelope) {

    /** Every kind of fact by its wire name. */
    public static final FactTypes<TranscriptFact> TYPES =
            FactTypes.of(TranscriptFact.class, TranscriptFact.Unknown::new);

    /** @throws IllegalArgumentException when the envelope names another kind than it holds */
    public TranscriptEvent {
        TYPES.requireType(envelope);
    }

    /** A new event with a new id. */
    public static TranscriptEvent of(
            String service, UUID callId, Instant time, @Nullable String traceparent, TranscriptFact fact) {
        return new TranscriptEvent(Envelope.around(fact, TYPES, UuidV7.next(), service, callId, time, traceparent));
    }

    public UUID id() {
        return envelope.id();
    }

    /** The callId. */
    public UUID subject() {
        return envelope.subject();
    }

    /** When it was said. */
    public Instant time() {
        return envelope.time();
    }

    /** The kind of the fact, as {@code centralita.transcript.said.v1}. */
    public String type() {
        return envelope.type();
    }

    public @Nullable String traceparent() {
        return envelope.traceparent();
    }

    public TranscriptFact data() {
        return envelope.data();
    }

    /** @throws MalformedEventException when the fact is not complete */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TranscriptEvent read(Envelope<JsonNode> arrived) {
        return new TranscriptEvent(TYPES.read(ContractsJson.mapper(), arrived));
    }
}
