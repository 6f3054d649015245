package centralita.contracts.call;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a conversation ended. */
public enum EndReason {
    CALLER_HUNG_UP,
    /** The assistant said goodbye and ended the call on purpose. */
    ASSISTANT_HUNG_UP,
    /** Somebody at a desk or a program asked for it. */
    ENDED_BY_REQUEST,
    TRANSFERRED,
    /** The caller said nothing for longer than the assistant allows. */
    SILENCE_LIMIT,
    /** The call was longer than the assistant allows. */
    DURATION_LIMIT,
    /** The model could not be reached or refused for good. */
    MODEL_UNAVAILABLE,
    /** The media stream went away and did not come back in time. */
    STREAM_LOST,
    /** Prepared, and the caller never came. */
    NEVER_ATTACHED,
    /** Another bridge took the call over. */
    GIVEN_AWAY,
    /** There was no room for the call: no bridge, or not enough of the model's budget. */
    NO_ROOM,
    /** A limit on calls refused it: of this caller, of a second, of a day. */
    CALL_LIMIT,
    /** The conversation used up what one call may cost. */
    BUDGET_LIMIT,
    /** The provider ended the call because our side of it went away. */
    DROPPED_BY_PLATFORM,
    @JsonEnumDefaultValue
    UNKNOWN
}
