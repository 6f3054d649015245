package centralita.gateway.ladder;

import centralita.contracts.call.CallbackCause;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why the assistant cannot talk to a caller, and how the call then ends if nothing better comes of it. */
public enum Situation {
    /** The call was not admitted: no bridge, no tokens. */
    NO_ROOM(Line.NO_ROOM, Outcome.REJECTED, EndReason.NO_ROOM, CallbackCause.NO_ROOM),
    /** The call was not admitted: too many calls, of this caller or of all. */
    CALL_LIMIT(Line.TOO_MANY_CALLS, Outcome.REJECTED, EndReason.CALL_LIMIT, CallbackCause.ASKED),
    /** The model was lost and no other was found. */
    MODEL_UNAVAILABLE(Line.BROKEN_OFF, Outcome.DROPPED, EndReason.MODEL_UNAVAILABLE, CallbackCause.MODEL_UNAVAILABLE),
    /** The media stream was lost too often, or nobody knows the call any more. */
    STREAM_LOST(Line.BROKEN_OFF, Outcome.DROPPED, EndReason.STREAM_LOST, CallbackCause.DROPPED_BY_PLATFORM),
    /** The provider ended the call because our side of it went away: nobody listens any more. */
    DROPPED_BY_PLATFORM(
            Line.BROKEN_OFF, Outcome.DROPPED, EndReason.DROPPED_BY_PLATFORM, CallbackCause.DROPPED_BY_PLATFORM);

    private final Line word;
    private final Outcome outcome;
    private final EndReason reason;
    private final CallbackCause cause;

    Situation(Line word, Outcome outcome, EndReason reason, CallbackCause cause) {
        this.word = word;
        this.outcome = outcome;
        this.reason = reason;
        this.cause = cause;
    }

    /** What the caller is told first. */
    public Line line() {
        return word;
    }

    public Outcome outcome() {
        return outcome;
    }

    public EndReason reason() {
        return reason;
    }

    public CallbackCause cause() {
        return cause;
    }

    /** As a part of a path: {@code no-room}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return empty when it is none */
    public static Optional<Situation> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /** The situation of a call that is to end for this reason; empty when it ends in another way. */
    public static Optional<Situation> of(EndReason reason) {
        return Arrays.stream(values()).filter(it -> it.reason == reason).findFirst();
    }
}
