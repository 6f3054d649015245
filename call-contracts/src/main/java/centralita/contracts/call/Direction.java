package centralita.contracts.call;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Who placed the call. */
public enum Direction {
    INBOUND,
    OUTBOUND,
    @JsonEnumDefaultValue
    UNKNOWN
}
