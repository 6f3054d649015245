package centralita.local.chaos;

/** Responses fail for want of money, though handshakes are fine. */
record ModelOutOfQuota(int responses) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.MODEL_QUOTA;
    }

    @Override
    public String detail() {
        return responses + " responses";
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        for (int i = 0; i < responses; i++) {
            arena.model().failNextResponse(new centralita.simulators.model.scenario.Fault(
                    centralita.simulators.model.scenario.Fault.Kind.QUOTA, 0, 0, null));
        }
        return "";
    }
}
