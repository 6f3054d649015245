package centralita.local.chaos;

/** A gateway is asked to end, as by a deployment, and comes back. */
record GatewayRestarted(int gateway) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.GATEWAY_RESTART;
    }

    @Override
    public String detail() {
        return "gateway " + gateway;
    }

    @Override
    public String happen(Arena arena) {
        return arena.stopAndRestart(arena.gateway(gateway));
    }
}
