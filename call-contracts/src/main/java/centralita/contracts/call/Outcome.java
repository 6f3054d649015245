package centralita.contracts.call;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How a call ended, seen from the telephone network. */
public enum Outcome {
    /** Answered, and ended by one of the two. */
    COMPLETED,
    BUSY,
    NO_ANSWER,
    /** The network or the carrier could not place it. */
    FAILED,
    /** Taken back before it was answered. */
    CANCELED,
    /** We did not take it: no room, or no assistant for the number. */
    REJECTED,
    /** Answered, and cut by something that nobody meant. */
    DROPPED,
    @JsonEnumDefaultValue
    UNKNOWN
}
