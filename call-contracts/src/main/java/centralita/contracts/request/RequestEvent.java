package centralita.contracts.request;

import static java.util.Objects.requireNonNull;

import centralita.contracts.event.FactTypes;
import centralita.contracts.event.MalformedEventException;
import centralita.contracts.id.UuidV7;
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
 * A CloudEvents 1.0 envelope (structured JSON) around one {@link RequestFact}: personal data. Key, order and delivery
 * are as for {@link centralita.contracts.call.CallEvent}.
 *
 * <p>Written and read with {@link ContractsJson}; {@code type} and {@code dataschema} follow from the fact.
 *
 * @param subject the callId
 * @param time when it was asked for
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
public record RequestEvent(
        String specversion,
        UUID id,
        URI source,
        UUID subject,
        Instant time,
        String datacontenttype,
        @Nullable String traceparent,
        RequestFact data) {

    /** Every kind of fact by its wire name. */
    public static final FactTypes<RequestFact> TYPES = FactTypes.of(RequestFact.class, RequestFact.Unknown::new);

    /** A new event with a new id. */
    public static RequestEvent of(
            String service, UUID callId, Instant time, @Nullable String traceparent, RequestFact fact) {
        return new RequestEvent(
                "1.0", UuidV7.next(), URI.create("/" + service), callId, time, "application/json", traceparent, fact);
    }

    /** The kind of the fact, as {@code centralita.transcript.said.v1}. */
    @JsonProperty("type")
    public String type() {
        return data instanceof RequestFact.Unknown unknown
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
    static RequestEvent read(
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
        return new RequestEvent(
                "1.0",
                id,
                source,
                subject,
                time,
                datacontenttype == null ? "application/json" : datacontenttype,
                traceparent,
                TYPES.read(ContractsJson.mapper(), type, data));
    }

    /** Never whom it is about. */
    @Override
    public String toString() {
        return "RequestEvent[id=" + id + ", subject=" + subject + "]";
    }
}
