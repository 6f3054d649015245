package centralita.contracts.call;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why somebody is to be called back. */
public enum CallbackCause {
    /** His call was not admitted. */
    NO_ROOM,
    /** The model could not be reached, and nobody else was free. */
    MODEL_UNAVAILABLE,
    /** He asked for it. */
    ASKED,
    /** The call was cut because our side of it went away. */
    DROPPED_BY_PLATFORM,
    @JsonEnumDefaultValue
    UNKNOWN
}
