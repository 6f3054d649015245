package centralita.local.chaos;

/** A bridge is told to give its calls away; when it is empty it ends, and comes back. */
record BridgeDrained(int bridge) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.BRIDGE_DRAIN;
    }

    @Override
    public String detail() {
        return "bridge " + bridge;
    }

    @Override
    public String happen(Arena arena) {
        var name = arena.bridge(bridge);
        arena.struck();
        var empty = arena.drain(name);
        arena.suite().restart(name);
        return empty;
    }
}
