package centralita.local.chaos;

/** A bridge is asked to end, as by a deployment, and comes back. */
record BridgeRestarted(int bridge) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.BRIDGE_RESTART;
    }

    @Override
    public String detail() {
        return "bridge " + bridge;
    }

    @Override
    public String happen(Arena arena) {
        return arena.stopAndRestart(arena.bridge(bridge));
    }
}
