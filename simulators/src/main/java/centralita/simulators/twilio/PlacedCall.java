package centralita.simulators.twilio;

import java.util.concurrent.CompletionStage;

/**
 * A call that somebody places, seen from outside the event loop.
 *
 * @param ended completes once, when the call is over; fails when it could not begin
 */
public record PlacedCall(String callSid, CompletionStage<CallReport> ended) {}
