package centralita.gateway.admission;

/** Whether a call is taken. */
public sealed interface Verdict {
    /** @param ceilings what all gateways together may not pass */
    record Admitted(Ceilings ceilings) implements Verdict {}

    record NoRoom(Refusal reason) implements Verdict {}

    /**
     * @param calls at a time
     * @param outboundCalls of them
     * @param callsOfModel at a time; negative when the model has no known limit
     */
    record Ceilings(int calls, int outboundCalls, int callsOfModel) {}
}
