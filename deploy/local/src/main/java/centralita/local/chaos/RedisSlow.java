package centralita.local.chaos;

import java.time.Duration;

/** Every answer of Redis takes so much longer. */
record RedisSlow(int laterMs, Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.REDIS_SLOW;
    }

    @Override
    public String detail() {
        return laterMs + " ms later for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        arena.redis().slowDown(Duration.ofMillis(laterMs));
        arena.struck();
        try {
            arena.wait(lasts);
        } finally {
            arena.redis().open();
        }
        return "";
    }
}
