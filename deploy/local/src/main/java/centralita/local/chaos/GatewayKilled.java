package centralita.local.chaos;

/** A gateway ends from one moment to the next, and comes back. Its streams break. */
record GatewayKilled(int gateway) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.GATEWAY_KILL;
    }

    @Override
    public String detail() {
        return "gateway " + gateway;
    }

    @Override
    public String happen(Arena arena) {
        var name = arena.gateway(gateway);
        arena.struck();
        arena.suite().kill(name);
        arena.suite().restart(name);
        return "";
    }
}
