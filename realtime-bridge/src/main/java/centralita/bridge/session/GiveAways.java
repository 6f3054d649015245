package centralita.bridge.session;

import java.util.Collection;
import java.util.Comparator;

/**
 * Asks gateways to take the calls of a draining bridge away: those first that can change bridges at once, few at a time, so
 * that the others do not open all their model sessions in one moment (F-O9), and again when nothing came of it. Serves on
 * meanwhile. On the media event loop only.
 */
final class GiveAways {
    private final int perTick;
    private final long againMs;

    /** @param perTick calls at most @param againMs when a call is still here and no gateway has ordered its hand-over */
    GiveAways(int perTick, long againMs) {
        this.perTick = perTick;
        this.againMs = againMs;
    }

    void tick(long nowMs, Collection<CallSession> calls) {
        calls.stream()
                .filter(call -> !call.handingOver() && nowMs - call.askedAwayMs() >= againMs)
                .sorted(Comparator.comparing(CallSession::atRest).reversed())
                .limit(perTick)
                .toList()
                .forEach(call -> call.giveAway(nowMs, "draining"));
    }
}
