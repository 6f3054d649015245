package centralita.bridge.session;

import java.util.Collection;
import java.util.Comparator;

/**
 * Asks gateways to take the calls of a draining bridge away: those first that can change bridges at once, few at a time, so
 * that the others do not open all their model sessions in one moment (F-O9), and again when nothing came of it. Serves on
 * meanwhile. A call that another bridge waits for anyway, with more time, is not given that time. On the media event loop
 * only.
 */
final class GiveAways {
    /** When no turn boundary comes for so long, a call is let go in mid-turn; as gateways order it of a draining bridge. */
    private static final long LET_GO_WITHIN_MS = 4_000;

    private final int perTick;
    private final long againMs;

    /** @param perTick calls at most @param againMs when a call is still here and no gateway has ordered its hand-over */
    GiveAways(int perTick, long againMs) {
        this.perTick = perTick;
        this.againMs = againMs;
    }

    void tick(long nowMs, Collection<CallSession> calls) {
        // A call may leave the collection with this.
        calls.stream().filter(CallSession::handingOver).toList().forEach(call -> call.hurry(LET_GO_WITHIN_MS));
        calls.stream()
                .filter(call -> !call.handingOver() && nowMs - call.askedAwayMs() >= againMs)
                .sorted(Comparator.comparing(CallSession::atRest).reversed())
                .limit(perTick)
                .toList()
                .forEach(call -> call.giveAway(nowMs, "draining"));
    }
}
