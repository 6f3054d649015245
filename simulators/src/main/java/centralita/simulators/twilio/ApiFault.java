package centralita.simulators.twilio;

/** What goes wrong with one request to create a call. Ordered ahead, used up one by one. */
public sealed interface ApiFault {
    /** 429 with code 20429; nothing was accepted. */
    record TooManyRequests(int retryAfterSeconds) implements ApiFault {}

    /** 4xx as Twilio words it; nothing was accepted. */
    record Refused(int code, String message) implements ApiFault {}

    /** 5xx; nothing was accepted, but nobody can know. */
    record ServerError(int status) implements ApiFault {}

    /** The call is placed, the answer is 5xx. */
    record ServerErrorAfterAccept(int status) implements ApiFault {}

    /** The call is placed, the answer never comes. */
    record TimeoutAfterAccept() implements ApiFault {}

    /** The call is placed, the connection is cut. */
    record ResetAfterAccept() implements ApiFault {}
}
