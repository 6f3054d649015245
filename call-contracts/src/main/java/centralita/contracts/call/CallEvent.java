package centralita.contracts.call;

import centralita.contracts.event.Envelope;
import centralita.contracts.event.FactTypes;
import centralita.contracts.event.MalformedEventException;
import centralita.contracts.id.UuidV7;
import centralita.contracts.id.UuidV8;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Envelope} around one {@link CallFact}. The record key is {@code subject}, so one call's events of one
 * producer keep their order. Delivery is at least once: a consumer applies an {@code id} once. Within {@code v1} a fact
 * may gain fields that a reader can do without; renaming, removing or redefining one means {@code v2} beside it.
 *
 * <p>Written and read with {@link ContractsJson}.
 *
 * @param envelope its id is a UUIDv7, or of a call's end {@link #idOfEnd}
 */
public record CallEvent(@JsonValue Envelope<CallFact> envelope) {

    /** Every kind of fact by its wire name. */
    public static final FactTypes<CallFact> TYPES = FactTypes.of(CallFact.class, CallFact.Unknown::new);

    /** @throws IllegalArgumentException when the envelope names another kind than it holds */
    public CallEvent {
        TYPES.requireType(envelope);
    }

    /** A new event with a new id; a call's end always has the same one. */
    public static CallEvent of(String service, UUID callId, Instant time, @Nullable String traceparent, CallFact fact) {
        var id = fact instanceof CallFact.Ended ? idOfEnd(callId) : UuidV7.next();
        return new CallEvent(Envelope.around(fact, TYPES, id, service, callId, time, traceparent));
    }

    /**
     * The id of the event that ends a call, whoever tells it. Two gateways, or a gateway and the orchestrator, may each
     * believe that they are the one to tell; consumers apply an id once, so of all these events they take the one that
     * stands first in the topic, and all of them the same.
     */
    public static UUID idOfEnd(UUID callId) {
        return UuidV8.named(callId, "centralita.call.ended");
    }

    public UUID id() {
        return envelope.id();
    }

    /** The service, as {@code /telephony-gateway}. */
    public URI source() {
        return envelope.source();
    }

    /** The callId. */
    public UUID subject() {
        return envelope.subject();
    }

    /** When it happened, not when it was sent. */
    public Instant time() {
        return envelope.time();
    }

    /** The kind of the fact, as {@code centralita.call.ended.v1}. */
    public String type() {
        return envelope.type();
    }

    public @Nullable String traceparent() {
        return envelope.traceparent();
    }

    public CallFact data() {
        return envelope.data();
    }

    /** The same event under another id. */
    public CallEvent withId(UUID id) {
        return new CallEvent(envelope.withId(id));
    }

    /** @throws MalformedEventException when the fact is not complete */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static CallEvent read(Envelope<JsonNode> arrived) {
        return new CallEvent(TYPES.read(ContractsJson.mapper(), arrived));
    }

    /** With what happened: these facts hold nothing personal. */
    @Override
    public String toString() {
        return "CallEvent[" + envelope + ", time=" + time() + ", data=" + data() + "]";
    }
}
