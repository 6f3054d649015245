package centralita.local.chaos;

/** All sockets to the model break at once, without a close frame. */
record ModelSocketsCut() implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.MODEL_CUT;
    }

    @Override
    public String detail() {
        return "all sessions";
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        arena.models().forEach(model -> model.dropSessions(""));
        return "";
    }
}
