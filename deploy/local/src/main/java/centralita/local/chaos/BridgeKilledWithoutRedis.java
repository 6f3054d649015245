package centralita.local.chaos;

import java.time.Duration;

/** A bridge ends from one moment to the next while Redis takes no connections; both come back. */
record BridgeKilledWithoutRedis(int bridge, Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.BRIDGE_KILL_REDIS_GONE;
    }

    @Override
    public String detail() {
        return "bridge " + bridge + ", for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        var name = arena.bridge(bridge);
        arena.redis().refuse();
        try {
            arena.struck();
            arena.suite().kill(name);
            arena.wait(lasts);
        } finally {
            arena.redis().open();
        }
        arena.suite().restart(name);
        return "";
    }
}
