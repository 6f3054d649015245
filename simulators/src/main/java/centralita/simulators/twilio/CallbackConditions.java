package centralita.simulators.twilio;

import java.time.Duration;

/**
 * How status callbacks travel. Twilio promises neither order nor that one comes once.
 *
 * @param copies how often each is sent
 * @param shuffled whether each waits a random part of {@code late}, so that they overtake one another
 * @param late how long callbacks wait at most
 * @param lost the {@code CallStatus} that never arrives, or empty
 */
public record CallbackConditions(int copies, boolean shuffled, Duration late, String lost) {
    public static final CallbackConditions GOOD = new CallbackConditions(1, false, Duration.ZERO, "");
}
