package centralita.bridge.breaker;

/**
 * Whether a provider may be asked, as a pure value: every method gives a new one. Twin of {@code report-model.lua}, which
 * does the same for all bridges together.
 *
 * @param phase what holds now
 * @param untilMs end of the rest; only while open
 * @param goodProbes in a row, while half open
 * @param buckets outcomes by second, the oldest first; only while closed
 */
record Breaker(Phase phase, long untilMs, int goodProbes, Window buckets) {
    static final Breaker CLOSED = new Breaker(Phase.CLOSED, 0, 0, Window.EMPTY);

    enum Phase {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** @param enough outcomes, below which nothing is concluded */
    record Rules(int enough, int failurePercent, long restMs, int goodProbes) {}

    /** Time has passed. */
    Breaker at(long nowMs) {
        return phase == Phase.OPEN && nowMs >= untilMs ? new Breaker(Phase.HALF_OPEN, 0, 0, Window.EMPTY) : this;
    }

    Breaker succeeded(Rules rules, long nowMs) {
        return switch (phase) {
            case CLOSED -> new Breaker(Phase.CLOSED, 0, 0, buckets.with(nowMs, 1, 0));
            // Asked before it was opened.
            case OPEN -> this;
            case HALF_OPEN ->
                goodProbes + 1 >= rules.goodProbes()
                        ? CLOSED
                        : new Breaker(Phase.HALF_OPEN, 0, goodProbes + 1, Window.EMPTY);
        };
    }

    Breaker failed(Rules rules, long nowMs) {
        return switch (phase) {
            case CLOSED -> {
                var next = buckets.with(nowMs, 0, 1);
                yield next.total() >= rules.enough()
                                && next.bad() * 100L >= (long) rules.failurePercent() * next.total()
                        ? tripped(rules, nowMs)
                        : new Breaker(Phase.CLOSED, 0, 0, next);
            }
            case OPEN -> this;
            case HALF_OPEN -> tripped(rules, nowMs);
        };
    }

    /** It is certain that it will not answer: no outcomes are gathered first. */
    Breaker tripped(Rules rules, long nowMs) {
        return new Breaker(Phase.OPEN, nowMs + rules.restMs(), 0, Window.EMPTY);
    }
}
