package centralita.gateway.admission;

import centralita.contracts.call.Direction;

/** Decides whether there is room for one call more. Pure: it knows the last pictures and nothing else. */
public final class Admission {
    private Admission() {}

    /**
     * The bridges as this gateway sees them.
     *
     * @param sessions calls that all open bridges together may have
     * @param taken of them, prepared ones and those sent since the last look included
     * @param takenOutbound of the taken ones
     */
    public record Capacity(int sessions, int taken, int takenOutbound) {}

    /**
     * The model's budget as the bridges wrote it.
     *
     * @param limitPerMinute tokens; 0 when nobody said a limit
     * @param left tokens now
     * @param perCallMinute tokens that one minute of one call uses
     * @param calls that use this model now
     * @param usedToday tokens
     */
    public record Budget(long limitPerMinute, long left, double perCallMinute, int calls, long usedToday) {}

    /**
     * @param inboundShare of the sessions and of the budget, 0 to 1, that outbound calls may not use
     * @param budgetUse share of the tokens per minute that may be planned for, 0 to 1
     * @param tokensPerDay 0 for no limit
     */
    public record Limits(double inboundShare, double budgetUse, long tokensPerDay) {}

    /**
     * A call is admitted when a bridge has a session for it, when the tokens per minute suffice for it beside all calls
     * that run (what is left at this moment for one minute of it, and the whole minute's for all), and when the day's
     * tokens are not used up. One call is always admitted by a budget that is full, however little it is.
     */
    public static Verdict decide(Capacity capacity, Budget budget, Direction direction, Limits limits) {
        var outbound = direction == Direction.OUTBOUND;
        var outboundCalls = (int) Math.floor(capacity.sessions * (1 - limits.inboundShare));
        if (capacity.taken >= capacity.sessions) {
            return new Verdict.NoRoom(Refusal.NO_BRIDGE);
        }
        if (outbound && capacity.takenOutbound >= outboundCalls) {
            return new Verdict.NoRoom(Refusal.INBOUND_SHARE);
        }
        if (limits.tokensPerDay > 0 && budget.usedToday >= limits.tokensPerDay) {
            return new Verdict.NoRoom(Refusal.DAY_BUDGET);
        }
        var callsOfModel = callsOfModel(budget, limits, outbound);
        if (callsOfModel >= 0 && (budget.calls >= callsOfModel || !startsNow(budget))) {
            return new Verdict.NoRoom(Refusal.NO_BUDGET);
        }
        return new Verdict.Admitted(new Verdict.Ceilings(capacity.sessions, outboundCalls, callsOfModel));
    }

    private static int callsOfModel(Budget budget, Limits limits, boolean outbound) {
        if (budget.limitPerMinute <= 0 || budget.perCallMinute <= 0) {
            return -1;
        }
        var planned = budget.limitPerMinute * limits.budgetUse * (outbound ? 1 - limits.inboundShare : 1);
        return (int) Math.max(1, Math.floor(planned / budget.perCallMinute));
    }

    /** What is left now is enough for a first minute, or is all that there ever is. */
    private static boolean startsNow(Budget budget) {
        return budget.left >= Math.min(budget.perCallMinute, budget.limitPerMinute);
    }
}
