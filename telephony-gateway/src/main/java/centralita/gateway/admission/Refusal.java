package centralita.gateway.admission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which limit a call met. Its word is a metric's tag and a field of an event: stable, and of few values. */
public enum Refusal {
    /** This gateway holds as many calls as it may. */
    FULL(false),
    /** This gateway has more to do than it can. */
    OVERLOADED(false),
    /** All bridges are full, overloaded, draining or gone. */
    NO_BRIDGE(false),
    /** What is left is kept for those who call us. */
    INBOUND_SHARE(false),
    /** One call more would use more tokens per minute than the model has. */
    NO_BUDGET(false),
    /** The tokens of this day are used up. */
    DAY_BUDGET(false),
    /** More new calls than one second may have. */
    CALL_RATE(true),
    /** The caller has as many calls as he may at a time. */
    CALLER_CONCURRENCY(true),
    /** The caller has called as often as he may in an hour. */
    CALLER_RATE(true);

    private final boolean limitOnCalls;

    Refusal(boolean limitOnCalls) {
        this.limitOnCalls = limitOnCalls;
    }

    /** Whether it protects against too many calls, rather than saying that there is no room. */
    public boolean limitOnCalls() {
        return limitOnCalls;
    }

    /** As {@code no-bridge}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return empty when it is no word of these */
    static Optional<Refusal> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }
}
