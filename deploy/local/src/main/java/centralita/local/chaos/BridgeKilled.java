package centralita.local.chaos;

/** A bridge ends from one moment to the next, and comes back. */
record BridgeKilled(int bridge) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.BRIDGE_KILL;
    }

    @Override
    public String detail() {
        return "bridge " + bridge;
    }

    @Override
    public String happen(Arena arena) {
        var name = arena.bridge(bridge);
        arena.struck();
        arena.suite().kill(name);
        arena.suite().restart(name);
        return "";
    }
}
