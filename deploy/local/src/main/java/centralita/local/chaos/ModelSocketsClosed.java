package centralita.local.chaos;

/** The model closes all its sessions at once, with a code. */
record ModelSocketsClosed(int code) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.MODEL_CLOSE;
    }

    @Override
    public String detail() {
        return "all sessions with " + code;
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        arena.models().forEach(model -> model.closeSessions("", code));
        return "";
    }
}
