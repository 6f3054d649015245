package centralita.contracts.call;

import centralita.contracts.id.UuidV7;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
 * @param specversion always {@code 1.0}
 * @param id UUIDv7; the key by which a consumer knows a repetition
 * @param source the service, as {@code /telephony-gateway}
 * @param subject the callId
 * @param time when it happened, not when it was sent
 * @param datacontenttype always {@code application/json}
 * @param traceparent W3C trace context of the call; null when it is not traced
 * @param data the fact; its kind is the envelope's {@code type}
 */
public record CallEvent(
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
                defaultImpl = CallFact.Unknown.class)
        CallFact data) {

    /** A new event with a new id. */
    public static CallEvent of(String service, UUID callId, Instant time, @Nullable String traceparent, CallFact fact) {
        return new CallEvent(
                "1.0", UuidV7.next(), URI.create("/" + service), callId, time, "application/json", traceparent, fact);
    }
}
