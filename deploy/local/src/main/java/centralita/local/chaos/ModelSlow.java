package centralita.local.chaos;

/** The first audio of some answers comes late. */
record ModelSlow(int responses, int lateMs) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.MODEL_SLOW;
    }

    @Override
    public String detail() {
        return responses + " responses " + lateMs + " ms late";
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        for (int i = 0; i < responses; i++) {
            arena.model().failNextResponse(new centralita.simulators.model.scenario.Fault(
                    centralita.simulators.model.scenario.Fault.Kind.SLOW, 0, lateMs, null));
        }
        return "";
    }
}
