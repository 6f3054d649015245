package centralita.contracts.request;

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
 * An {@link Envelope} around one {@link RequestFact}: personal data, which its text form never shows. Key, order and
 * delivery are as for {@link centralita.contracts.call.CallEvent}.
 *
 * <p>Written and read with {@link ContractsJson}.
 */
public record RequestEvent(@JsonValue Envelope<RequestFact> envelope) {

    /** Every kind of fact by its wire name. */
    public static final FactTypes<RequestFact> TYPES = FactTypes.of(RequestFact.class, RequestFact.Unknown::new);

    /** @throws IllegalArgumentException when the envelope names another kind than it holds */
    public RequestEvent {
        TYPES.requireType(envelope);
    }

    /** A new event with a new id. */
    public static RequestEvent of(
            String service, UUID callId, Instant time, @Nullable String traceparent, RequestFact fact) {
        return new RequestEvent(Envelope.around(fact, TYPES, UuidV7.next(), service, callId, time, traceparent));
    }

    public UUID id() {
        return envelope.id();
    }

    /** The callId. */
    public UUID subject() {
        return envelope.subject();
    }

    /** When it was asked for. */
    public Instant time() {
        return envelope.time();
    }

    /** The kind of the fact, as {@code centralita.request.callback.v1}. */
    public String type() {
        return envelope.type();
    }

    public @Nullable String traceparent() {
        return envelope.traceparent();
    }

    public RequestFact data() {
        return envelope.data();
    }

    /** @throws MalformedEventException when the fact is not complete */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RequestEvent read(Envelope<JsonNode> arrived) {
        return new RequestEvent(TYPES.read(ContractsJson.mapper(), arrived));
    }
}
