package centralita.contracts.call;

import static java.util.Objects.requireNonNull;

import centralita.contracts.event.FactTypes;
import centralita.contracts.event.MalformedEventException;
import centralita.contracts.id.UuidV7;
import centralita.contracts.id.UuidV8;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 envelope (structured JSON) around one {@link CallFact}. The record key is {@code subject}, so one
 * call's events of one producer keep their order. Delivery is at least once: a consumer applies an {@code id} once.
 * Within {@code v1} a fact may gain fields that a reader can do without; renaming, removing or redefining one means
 * {@code v2} beside it.
 *
 * <p>Written and read with {@link ContractsJson}; {@code type} and {@code dataschema} follow from the fact.
 *
 * @param specversion always {@code 1.0}
 * @param id the key by which a consumer knows a repetition: UUIDv7, or of a call's end {@link #idOfEnd}
 * @param source the service, as {@code /telephony-gateway}
 * @param subject the callId
 * @param time when it happened, not when it was sent
 * @param datacontenttype always {@code application/json}
 * @param traceparent W3C trace context of the call; null when it is not traced
 * @param data the fact; its kind is the envelope's {@code type}
 */
@JsonPropertyOrder({
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "time",
    "datacontenttype",
    "dataschema",
    "traceparent",
    "data"
})
@JsonIgnoreProperties(ignoreUnknown = true)
public record CallEvent(
        String specversion,
        UUID id,
        URI source,
        UUID subject,
        Instant time,
        String datacontenttype,
        @Nullable String traceparent,
        CallFact data) {

    /** Every kind of fact by its wire name. */
    public static final FactTypes<CallFact> TYPES = FactTypes.of(CallFact.class, CallFact.Unknown::new);

    /** A new event with a new id; a call's end always has the same one. */
    public static CallEvent of(String service, UUID callId, Instant time, @Nullable String traceparent, CallFact fact) {
        var id = fact instanceof CallFact.Ended ? idOfEnd(callId) : UuidV7.next();
        return new CallEvent("1.0", id, URI.create("/" + service), callId, time, "application/json", traceparent, fact);
    }

    /**
     * The id of the event that ends a call, whoever tells it. Two gateways, or a gateway and the orchestrator, may each
     * believe that they are the one to tell; consumers apply an id once, so of all these events they take the one that
     * stands first in the topic, and all of them the same.
     */
    public static UUID idOfEnd(UUID callId) {
        return UuidV8.named(callId, "centralita.call.ended");
    }

    /** The kind of the fact, as {@code centralita.call.ended.v1}. */
    @JsonProperty("type")
    public String type() {
        return data instanceof CallFact.Unknown unknown
                ? unknown.type()
                : requireNonNull(TYPES.typeOf(data), "each kind has a name");
    }

    /** The name of the schema that this event keeps. */
    @JsonProperty("dataschema")
    public URI dataschema() {
        return FactTypes.schemaOf(type());
    }

    /** @throws MalformedEventException when the envelope is not complete or the fact is not */
    @JsonCreator
    static CallEvent read(
            @JsonProperty("specversion") @Nullable String specversion,
            @JsonProperty("id") @Nullable UUID id,
            @JsonProperty("source") @Nullable URI source,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("subject") @Nullable UUID subject,
            @JsonProperty("time") @Nullable Instant time,
            @JsonProperty("datacontenttype") @Nullable String datacontenttype,
            @JsonProperty("traceparent") @Nullable String traceparent,
            @JsonProperty("data") @Nullable JsonNode data) {
        if (!"1.0".equals(specversion)) {
            throw new MalformedEventException("specversion is not 1.0");
        }
        if (id == null || source == null || type == null || subject == null || time == null || data == null) {
            throw new MalformedEventException("the envelope lacks id, source, type, subject, time or data");
        }
        return new CallEvent(
                "1.0",
                id,
                source,
                subject,
                time,
                datacontenttype == null ? "application/json" : datacontenttype,
                traceparent,
                TYPES.read(ContractsJson.mapper(), type, data));
    }
}
