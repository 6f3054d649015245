package centralita.local.chaos;

import java.time.Duration;

/** Redis is killed and comes back after a while without anything that it knew. */
record RedisEmptied(Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.REDIS_EMPTY;
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
            arena.emptyRedis();
            arena.wait(lasts);
        } finally {
            arena.redis().open();
        }
        return "";
    }
}
