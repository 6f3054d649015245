package centralita.simulators.model.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with a response.
 *
 * @param kind what happens
 * @param turn with which response of the session, counted from 1; 0 is every one
 * @param ms for {@link Kind#SLOW} how long nothing comes, for {@link Kind#DROP} and {@link Kind#CLOSE} how much audio
 *     comes before
 * @param code for {@link Kind#FAIL} the error's code, for {@link Kind#CLOSE} the close code
 */
public record Fault(
        @JsonProperty("do") Kind kind,
        int turn,
        int ms,
        @Nullable String code) {
    public enum Kind {
        /** The socket breaks without a close frame. */
        DROP,
        /** The socket is closed with a code. */
        CLOSE,
        /** The response fails: {@code rate_limit_exceeded} unless another code is given. */
        FAIL,
        /** The response fails for want of money and the socket is closed, though the handshake was fine. */
        QUOTA,
        /** The first audio comes late. */
        SLOW,
        /** An {@code error} of type {@code server_error} without code, and the response fails. */
        SERVER_ERROR,
        /** The response is created and nothing follows. */
        STALL,
        /** Events of types that nobody knows come between the others. */
        UNKNOWN_EVENTS,
        /** Frames that are no JSON, or no event, or binary, come between the others. */
        GARBAGE,
        /** A frame of 1 MB, an event that nobody knows, comes before the answer. */
        HUGE_FRAME,
        /** {@code usage} is null. */
        NO_USAGE
    }

    public boolean concerns(int responseNumber) {
        return turn == 0 || turn == responseNumber;
    }
}
