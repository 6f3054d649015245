package centralita.simulators.model.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A client event that is not carried out. It becomes an {@code error} event and leaves the session as it was.
 * Thrown and caught within one event, so it has no stack trace.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final @Nullable String param;

    public Refusal(String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.code = code;
        this.param = param;
    }

    public static Refusal missing(String path) {
        return new Refusal("missing_required_parameter", path, "Missing required parameter: '%s'.".formatted(path));
    }

    public static Refusal unknown(String path) {
        return new Refusal("unknown_parameter", path, "Unknown parameter: '%s'.".formatted(path));
    }

    public static Refusal invalidValue(String path, String why) {
        return new Refusal("invalid_value", path, "Invalid value for '%s': %s".formatted(path, why));
    }

    public static Refusal invalidType(String path, String expected) {
        return new Refusal("invalid_type", path, "Invalid type for '%s': expected %s.".formatted(path, expected));
    }

    /** @return as in the vendor's list, such as {@code unknown_parameter} */
    public String code() {
        return code;
    }

    /** @return the JSON path of what is wrong, such as {@code session.tools[0].type}; null when it is no one field */
    public @Nullable String param() {
        return param;
    }
}
