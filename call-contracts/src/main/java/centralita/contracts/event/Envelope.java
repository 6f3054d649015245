package centralita.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 envelope in structured JSON, the one form of all that services tell one another. It is complete:
 * without one of its attributes there is none.
 *
 * @param <D> what it holds: a fact, or as it arrives the JSON of one
 * @param specversion always {@code 1.0}
 * @param id the key by which a consumer knows a repetition
 * @param source the service, as {@code /telephony-gateway}
 * @param type the wire name of the fact's kind
 * @param subject the callId
 * @param time when it happened, not when it was sent
 * @param datacontenttype {@code application/json}, also where it is left out
 * @param traceparent W3C trace context of the call; null when it is not traced
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
public record Envelope<D>(
        String specversion,
        UUID id,
        URI source,
        String type,
        UUID subject,
        Instant time,
        String datacontenttype,
        @Nullable String traceparent,
        D data) {

    private static final String SPECVERSION = "1.0";
    private static final String JSON = "application/json";

    /** @throws MalformedEventException when an attribute is missing; JSON leaves null in its place */
    @JsonCreator
    public Envelope {
        if (!SPECVERSION.equals(specversion)) {
            throw new MalformedEventException("specversion is not 1.0");
        }
        if (id == null || source == null || type == null || subject == null || time == null || data == null) {
            throw new MalformedEventException("the envelope lacks id, source, type, subject, time or data");
        }
        datacontenttype = datacontenttype == null ? JSON : datacontenttype;
    }

    /** A new envelope around a fact, of the kind that the fact is. */
    public static <F> Envelope<F> around(
            F fact,
            FactTypes<F> types,
            UUID id,
            String service,
            UUID callId,
            Instant time,
            @Nullable String traceparent) {
        var source = URI.create("/" + service);
        return new Envelope<>(SPECVERSION, id, source, types.typeOf(fact), callId, time, JSON, traceparent, fact);
    }

    /** The name of the schema that this event keeps. */
    @JsonProperty("dataschema")
    public URI dataschema() {
        return FactTypes.schemaOf(type);
    }

    /** The same envelope with other data. */
    public <F> Envelope<F> with(F fact) {
        return new Envelope<>(specversion, id, source, type, subject, time, datacontenttype, traceparent, fact);
    }

    /** The same event under another id. */
    public Envelope<D> withId(UUID other) {
        return new Envelope<>(specversion, other, source, type, subject, time, datacontenttype, traceparent, data);
    }

    /** Never what it holds, which may be personal data. */
    @Override
    public String toString() {
        return "Envelope[type=" + type + ", id=" + id + ", subject=" + subject + "]";
    }
}
