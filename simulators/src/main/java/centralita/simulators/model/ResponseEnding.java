package centralita.simulators.model;

import org.jspecify.annotations.Nullable;

/** How a response ends. */
record ResponseEnding(
        String status,
        @Nullable String reason,
        @Nullable String errorType,
        @Nullable String errorCode) {
    static final ResponseEnding COMPLETED = new ResponseEnding("completed", null, null, null);
    static final ResponseEnding TURN_DETECTED = new ResponseEnding("cancelled", "turn_detected", null, null);
    static final ResponseEnding CLIENT_CANCELLED = new ResponseEnding("cancelled", "client_cancelled", null, null);
    static final ResponseEnding TOO_LONG = new ResponseEnding("incomplete", "max_output_tokens", null, null);

    static ResponseEnding failed(String errorType, @Nullable String code) {
        return new ResponseEnding("failed", null, errorType, code);
    }
}
