package centralita.local.chaos;

import java.time.Duration;

/** PostgreSQL takes no connections for a while. */
record PostgresGone(Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.POSTGRES_GONE;
    }

    @Override
    public String detail() {
        return "for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        arena.postgres().refuse();
        arena.struck();
        try {
            arena.wait(lasts);
        } finally {
            arena.postgres().open();
        }
        return "";
    }
}
