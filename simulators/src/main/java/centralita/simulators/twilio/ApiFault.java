package centralita.simulators.twilio;

/** What goes wrong with one request to create a call, or about one. Ordered ahead, used up one by one. */
public sealed interface ApiFault {
    /** Whether the request does its work all the same. */
    default boolean acceptsFirst() {
        return switch (this) {
            case TooManyRequests _, Refused _, ServerError _ -> false;
            case ServerErrorAfterAccept _, TimeoutAfterAccept _, ResetAfterAccept _ -> true;
        };
    }

    /** 429 with code 20429; nothing was accepted. */
    record TooManyRequests(int retryAfterSeconds) implements ApiFault {}

    /** 4xx as Twilio words it; nothing was accepted. */
    record Refused(int code, String message) implements ApiFault {}

    /** 5xx; nothing was accepted, but nobody can know. */
    record ServerError(int status) implements ApiFault {}

    /** The call is placed or changed, the answer is 5xx. */
    record ServerErrorAfterAccept(int status) implements ApiFault {}

    /** The call is placed or changed, the answer never comes. */
    record TimeoutAfterAccept() implements ApiFault {}

    /** The call is placed or changed, the connection is cut. */
    record ResetAfterAccept() implements ApiFault {}
}
