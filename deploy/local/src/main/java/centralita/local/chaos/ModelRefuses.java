package centralita.local.chaos;

import java.time.Duration;

/** The model takes no new sessions for a while, and then all that there are break. */
record ModelRefuses(int status, Duration retryAfter, int handshakes) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.MODEL_REFUSE;
    }

    @Override
    public String detail() {
        return handshakes + " handshakes with " + status + ", all sessions cut";
    }

    @Override
    public String happen(Arena arena) {
        arena.model().refuseNextHandshakes(handshakes, status, (int) retryAfter.toSeconds());
        arena.struck();
        arena.models().forEach(model -> model.dropSessions(""));
        return "";
    }
}
