package centralita.orchestrator.call.life;

import centralita.orchestrator.call.life.CallState.Announced;
import centralita.orchestrator.call.life.CallState.Ended;
import centralita.orchestrator.call.life.CallState.InProgress;
import centralita.orchestrator.call.life.CallState.Received;
import centralita.orchestrator.call.life.CallState.Requested;
import centralita.orchestrator.call.life.CallState.Ringing;
import centralita.orchestrator.call.life.Decision.Ignored;
import centralita.orchestrator.call.life.Decision.Moved;
import java.time.Instant;
import java.util.Comparator;

/**
 * Every transition of a call as one pure function. Whatever the order in which inputs come, the last state is the same
 * (F-W1): a state further on wins, and of two inputs that lead to the same state the earlier one counts.
 */
public final class CallLife {
    /** Of two ends, the first; its other fields only make the choice the same every time. */
    private static final Comparator<Ended> FIRST_END = Comparator.comparing(Ended::since)
            .thenComparing(Ended::outcome)
            .thenComparing(Ended::reason)
            .thenComparingLong(Ended::talkTimeMs);

    private CallLife() {}

    public static Decision decide(CallState state, CallInput input) {
        return switch (state) {
            case Announced _ -> whileAnnounced(input);
            case Requested requested -> whileRequested(requested, input);
            case Received received -> whileReceived(received, input);
            case Ringing ringing -> whileRinging(ringing, input);
            case InProgress talk -> whileTalking(talk, input);
            case Ended ended -> afterTheEnd(ended, input);
        };
    }

    private static Decision whileAnnounced(CallInput input) {
        return switch (input) {
            case CallInput.Requested(var at) -> new Moved(new Requested(at));
            case CallInput.Received(var at) -> new Moved(new Received(at));
            case CallInput.Rang(var at) -> new Moved(new Ringing(at));
            case CallInput.Answered(var at) -> new Moved(new InProgress(at));
            case CallInput.Ended end -> new Moved(ended(end));
            case CallInput.Told _ -> silent();
        };
    }

    private static Decision whileRequested(Requested state, CallInput input) {
        return switch (input) {
            case CallInput.Requested(var at) -> earlier(at, state.since(), new Requested(at));
            case CallInput.Received(var at) -> new Moved(new Received(at));
            case CallInput.Rang(var at) -> new Moved(new Ringing(at));
            case CallInput.Answered(var at) -> new Moved(new InProgress(at));
            case CallInput.Ended end -> new Moved(ended(end));
            case CallInput.Told _ -> silent();
        };
    }

    private static Decision whileReceived(Received state, CallInput input) {
        return switch (input) {
            case CallInput.Received(var at) -> earlier(at, state.since(), new Received(at));
            case CallInput.Rang(var at) -> new Moved(new Ringing(at));
            case CallInput.Answered(var at) -> new Moved(new InProgress(at));
            case CallInput.Ended end -> new Moved(ended(end));
            case CallInput.Requested _ -> late();
            case CallInput.Told _ -> silent();
        };
    }

    private static Decision whileRinging(Ringing state, CallInput input) {
        return switch (input) {
            case CallInput.Rang(var at) -> earlier(at, state.since(), new Ringing(at));
            case CallInput.Answered(var at) -> new Moved(new InProgress(at));
            case CallInput.Ended end -> new Moved(ended(end));
            case CallInput.Requested _, CallInput.Received _ -> late();
            case CallInput.Told _ -> silent();
        };
    }

    private static Decision whileTalking(InProgress state, CallInput input) {
        return switch (input) {
            case CallInput.Answered(var at) -> earlier(at, state.since(), new InProgress(at));
            case CallInput.Ended end -> new Moved(ended(end));
            case CallInput.Requested _, CallInput.Received _, CallInput.Rang _ -> late();
            case CallInput.Told _ -> silent();
        };
    }

    private static Decision afterTheEnd(Ended state, CallInput input) {
        return switch (input) {
            case CallInput.Ended end ->
                FIRST_END.compare(ended(end), state) < 0
                        ? new Moved(ended(end))
                        : new Ignored("the call has ended before");
            case CallInput.Requested _, CallInput.Received _, CallInput.Rang _, CallInput.Answered _ -> late();
            case CallInput.Told _ -> silent();
        };
    }

    private static Ended ended(CallInput.Ended end) {
        return new Ended(end.at(), end.outcome(), end.reason(), end.talkTimeMs());
    }

    private static Decision earlier(Instant at, Instant known, CallState to) {
        return at.isBefore(known) ? new Moved(to) : new Ignored("known");
    }

    private static Decision late() {
        return new Ignored("the call is further on");
    }

    private static Decision silent() {
        return new Ignored("it moves nothing");
    }
}
