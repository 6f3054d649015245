package centralita.local.chaos;

import java.time.Duration;

/** The orchestrator ends from one moment to the next while Kafka is not there; both come back. */
record OrchestratorKilledWithoutKafka(Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.ORCHESTRATOR_KILL_KAFKA_GONE;
    }

    @Override
    public String detail() {
        return "for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        arena.suite().kill(arena.orchestrator());
        arena.withoutKafka(lasts);
        arena.suite().restart(arena.orchestrator());
        return "";
    }
}
