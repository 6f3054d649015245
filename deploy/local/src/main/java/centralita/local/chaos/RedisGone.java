package centralita.local.chaos;

import java.time.Duration;

/** Redis takes no connections for a while, and has everything when it is back. */
record RedisGone(Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.REDIS_GONE;
    }

    @Override
    public String detail() {
        return "for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        arena.redis().refuse();
        arena.struck();
        try {
            arena.wait(lasts);
        } finally {
            arena.redis().open();
        }
        return "";
    }
}
