package centralita.local.chaos;

import java.time.Duration;

/** Kafka is not there for a while. */
record KafkaGone(Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.KAFKA_GONE;
    }

    @Override
    public String detail() {
        return "for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        arena.struck();
        arena.withoutKafka(lasts);
        return "";
    }
}
