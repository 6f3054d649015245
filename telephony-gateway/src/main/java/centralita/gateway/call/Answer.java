package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import java.util.UUID;

/** What a caller is answered. */
public sealed interface Answer {
    /**
     * Talk to the assistant.
     *
     * @param stream the number of the media stream that this asks for, from 1
     */
    record Connect(UUID callId, String callSid, AssistantProfile assistant, int stream) implements Answer {}

    /** Hear why not, and the end. @param language BCP 47 */
    record Apologize(Apology apology, String language) implements Answer {}

    /** The end. */
    record HangUp() implements Answer {}
}
