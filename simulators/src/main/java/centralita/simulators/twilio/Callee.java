package centralita.simulators.twilio;

import java.time.Duration;
import java.util.function.Function;

/** How somebody whom we call behaves. */
public sealed interface Callee {
    /**
     * @param ringing until it is picked up
     * @param answeredBy what machine detection finds: {@code human}, {@code machine_start}, …
     */
    record Answers(Duration ringing, String answeredBy, Handset handset) implements Callee {}

    record Busy() implements Callee {}

    record NoAnswer() implements Callee {}

    /** @param sipCode of the carrier, e.g. 404 or 503 */
    record Fails(int sipCode) implements Callee {}

    static Callee answering(Handset handset) {
        return new Answers(Duration.ofMillis(200), "human", handset);
    }

    /**
     * By the number's end, as Twilio's test numbers do: {@code …5550021} is busy, {@code …22} does not answer,
     * {@code …23} does not exist, {@code …24} is an answering machine; everybody else answers and says nothing.
     */
    static Function<String, Callee> byMagicNumber() {
        return address -> {
            if (address.endsWith("5550021")) {
                return new Busy();
            }
            if (address.endsWith("5550022")) {
                return new NoAnswer();
            }
            if (address.endsWith("5550023")) {
                return new Fails(404);
            }
            return new Answers(
                    Duration.ofMillis(200), address.endsWith("5550024") ? "machine_start" : "human", Handset.mute());
        };
    }
}
