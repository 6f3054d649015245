package centralita.orchestrator.call.life;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import java.time.Instant;

/** Something that happened to a call, as far as it can move its state. */
public sealed interface CallInput {
    /** By the clock of who saw it. */
    Instant at();

    record Requested(Instant at) implements CallInput {}

    record Received(Instant at) implements CallInput {}

    record Rang(Instant at) implements CallInput {}

    /** Answered, or audio flows, which it cannot without an answer. */
    record Answered(Instant at) implements CallInput {}

    record Ended(Instant at, Outcome outcome, EndReason reason, long talkTimeMs) implements CallInput {}

    /** Part of the story, but no move. */
    record Told(Instant at) implements CallInput {}

    /** What a fact means for the state. */
    static CallInput of(Instant at, CallFact fact) {
        return switch (fact) {
            case CallFact.Requested _ -> new Requested(at);
            case CallFact.Received _ -> new Received(at);
            case CallFact.Ringing _ -> new Rang(at);
            case CallFact.Answered _, CallFact.MediaStreamStarted _ -> new Answered(at);
            case CallFact.Ended(var outcome, var reason, var talkTimeMs) -> new Ended(at, outcome, reason, talkTimeMs);
            case CallFact.MediaStreamEnded _,
                    CallFact.Moved _,
                    CallFact.ConversationStarted _,
                    CallFact.Turn _,
                    CallFact.BargeIn _,
                    CallFact.ToolCalled _,
                    CallFact.ModelUsage _,
                    CallFact.TranscriptionUsage _,
                    CallFact.ModelSwitched _,
                    CallFact.ConversationEnded _,
                    CallFact.RecordingCompleted _,
                    CallFact.RecordingRead _,
                    CallFact.Refused _,
                    CallFact.CallbackBooked _,
                    CallFact.CallbackClosed _,
                    CallFact.VoicemailLeft _,
                    CallFact.SentToPeople _,
                    CallFact.Unknown _ -> new Told(at);
        };
    }
}
