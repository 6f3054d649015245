package centralita.contracts.request;

import centralita.contracts.call.CallbackCause;
import centralita.contracts.event.UnknownFact;
import centralita.contracts.phone.PhoneNumber;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that is asked for. Nothing here prints a number. */
public sealed interface RequestFact {
    /**
     * Somebody is to be called back. By the gateway, at most once per call; the call is the envelope's {@code subject}.
     *
     * @param number whom to call, E.164
     * @param ours the number of ours that he called, so that it may call back; null when it was none in E.164
     * @param assistantId who was to talk to him
     * @param language BCP 47
     */
    @JsonTypeName("centralita.request.callback.v1")
    record Callback(
            PhoneNumber number,
            @Nullable PhoneNumber ours,
            String assistantId,
            String language,
            CallbackCause cause,
            Instant requestedAt)
            implements RequestFact {}

    /**
     * A kind from a newer producer: consumers count it and go on.
     *
     * @param content the event's {@code data}, untouched
     */
    record Unknown(String type, @JsonValue JsonNode content) implements RequestFact, UnknownFact {
        /** Nobody here knows what the content may hold. */
        @Override
        public String toString() {
            return "Unknown[type=" + type + "]";
        }
    }
}
