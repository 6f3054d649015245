package centralita.gateway.call;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Calls whose end this gateway has told a short while ago: who still holds an older picture of one must find that it is over,
 * also in a Redis that has forgotten it. Pure. Event loop only.
 */
final class ToldEnds {
    /** As long as a gateway waits for a stream that does not come, also when it cannot ask whether it is elsewhere. */
    static final long KEPT_MS = 300_000;
    /** As many as end in that time; of more the oldest are forgotten. */
    private static final int MOST = 20_000;

    private final ArrayDeque<Told> ends = new ArrayDeque<>();

    private record Told(String callSid, long atMs) {}

    void add(String callSid, long nowMs) {
        forgetBefore(nowMs - KEPT_MS);
        if (ends.size() == MOST) {
            ends.removeFirst();
        }
        ends.add(new Told(callSid, nowMs));
    }

    /** The provider's ids of these calls. */
    List<String> since(long nowMs) {
        forgetBefore(nowMs - KEPT_MS);
        return ends.stream().map(Told::callSid).toList();
    }

    private void forgetBefore(long ms) {
        while (!ends.isEmpty() && ends.getFirst().atMs() < ms) {
            ends.removeFirst();
        }
    }
}
