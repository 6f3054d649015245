package centralita.orchestrator.number;

import io.smallrye.mutiny.Uni;

/** Where gateways learn of numbers. What cannot be told now is told again later, so nothing here ever fails. */
public interface NumberPublication {
    /** After it was stored. */
    Uni<Void> publish(AnsweredNumber number);

    /** After it was taken away. */
    Uni<Void> withdraw(String number);
}
