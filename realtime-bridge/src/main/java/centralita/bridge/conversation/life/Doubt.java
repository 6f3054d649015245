package centralita.bridge.conversation.life;

import java.util.ArrayList;
import java.util.List;

/**
 * The caller made a sound while the assistant spoke, and nobody knows yet whether he meant it. Playback has stopped; what
 * was not heard is held, and the model was told nothing.
 *
 * @param held the assistant's items, in order of play
 * @param callerItemId the caller's sound, as the model names it
 * @param stoppedMs when it ended; -1 while it lasts
 * @param harmless whether it is known to be nothing, and only the gateway's word of what was heard is missing
 * @param reactionMs from the model's word of speech to the order to stop, when the gateway has answered it
 */
record Doubt(List<String> held, String callerItemId, long sinceMs, long stoppedMs, boolean harmless, long reactionMs) {
    static Doubt of(List<String> held, String callerItemId, long nowMs) {
        return new Doubt(held, callerItemId, nowMs, -1, false, 0);
    }

    Doubt holding(String itemId) {
        var more = new ArrayList<>(held);
        more.add(itemId);
        return new Doubt(List.copyOf(more), callerItemId, sinceMs, stoppedMs, harmless, reactionMs);
    }

    Doubt stopped(long nowMs) {
        return new Doubt(held, callerItemId, sinceMs, nowMs, harmless, reactionMs);
    }

    Doubt asHarmless() {
        return new Doubt(held, callerItemId, sinceMs, stoppedMs, true, reactionMs);
    }

    Doubt answered(long newReactionMs) {
        return new Doubt(held, callerItemId, sinceMs, stoppedMs, harmless, newReactionMs);
    }
}
