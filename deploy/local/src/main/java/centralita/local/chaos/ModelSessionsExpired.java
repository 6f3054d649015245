package centralita.local.chaos;

/** All sessions of the model reach their time limit at once, before anybody has made another one ready. */
record ModelSessionsExpired() implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.MODEL_EXPIRE;
    }

    @Override
    public String detail() {
        return "all sessions";
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        arena.models().forEach(model -> model.expireSessions(""));
        return "";
    }
}
