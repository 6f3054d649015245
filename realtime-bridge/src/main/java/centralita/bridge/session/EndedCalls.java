package centralita.bridge.session;

import centralita.contracts.call.EndReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were meant to end here, and why. The gateway that was told hangs up; another one, which the provider asks what
 * comes next before it could learn of that, must not have the call taken up again. Under a higher epoch it may: another bridge
 * has been the owner since, and this one may have been a zombie when it ended the call. On the media event loop only.
 */
final class EndedCalls {
    /** More than end in the minutes in which somebody may still ask; beyond it the oldest goes. */
    private static final int MOST = 4_096;

    private static final Set<EndReason> MEANT = Set.of(
            EndReason.ASSISTANT_HUNG_UP,
            EndReason.ENDED_BY_REQUEST,
            EndReason.SILENCE_LIMIT,
            EndReason.DURATION_LIMIT,
            EndReason.BUDGET_LIMIT);

    private final Map<UUID, End> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, End> eldest) {
            return size() > MOST;
        }
    };

    private record End(long epoch, EndReason why) {}

    /** @param epoch under which it was served last @param why null when it was let go without an end */
    void remember(UUID callId, long epoch, @Nullable EndReason why) {
        if (why != null && MEANT.contains(why)) {
            ended.put(callId, new End(epoch, why));
        }
    }

    /** @param epoch of the order @return null when nobody meant it to end here, or another has owned it since */
    @Nullable
    EndReason why(UUID callId, long epoch) {
        var end = ended.get(callId);
        return end == null || epoch > end.epoch ? null : end.why;
    }
}
