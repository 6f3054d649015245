package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.ladder.SpokenLanguage;
import centralita.gateway.ladder.Step;
import java.util.List;
import java.util.UUID;

/** What a caller is answered. */
public sealed interface Answer {
    /**
     * Talk to the assistant.
     *
     * @param standing with the stream that this asks for
     */
    record Connect(UUID callId, IncomingCall incoming, AssistantProfile assistant, Standing standing)
            implements Answer {}

    /**
     * Hear why not, and be offered something else.
     *
     * @param before what is said first; may be empty
     */
    record Climb(UUID callId, Situation situation, Step step, List<Line> before, SpokenLanguage language)
            implements Answer {}

    /** Hear why not, and the end. */
    record Apologize(Line line, SpokenLanguage language) implements Answer {}

    /** The end. */
    record HangUp() implements Answer {}
}
