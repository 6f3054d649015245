package centralita.local.chaos;

import java.time.Duration;

/** A bridge does nothing for a while, with all its sockets open, and then goes on as if nothing had happened. */
record BridgeFrozen(int bridge, Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.BRIDGE_FREEZE;
    }

    @Override
    public String detail() {
        return "bridge " + bridge + " for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        var name = arena.bridge(bridge);
        arena.freeze(name);
        arena.struck();
        try {
            arena.wait(lasts);
        } finally {
            arena.thaw(name);
        }
        return "";
    }
}
