package centralita.local.chaos;

/** A bridge and a gateway are deployed, one after the other, while PostgreSQL takes no connections. */
record DeployedWithoutPostgres(int bridge, int gateway) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.DEPLOY_POSTGRES_GONE;
    }

    @Override
    public String detail() {
        return "bridge " + bridge + ", gateway " + gateway;
    }

    @Override
    public String happen(Arena arena) {
        arena.postgres().refuse();
        try {
            var bridgeNote = arena.stopAndRestart(arena.bridge(bridge));
            var gatewayNote = arena.stopAndRestart(arena.gateway(gateway));
            return "bridge " + bridgeNote + ", gateway " + gatewayNote;
        } finally {
            arena.postgres().open();
        }
    }
}
